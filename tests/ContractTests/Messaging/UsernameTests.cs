using CryptoScreener.Messaging;

namespace CryptoScreener.ContractTests.Messaging;

/// <summary>The user's name is part of a subject, where a dot, a blank or a star would mean something else.</summary>
public sealed class UsernameTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("alert-engine_2")]
    public void A_plain_name_is_taken(string? username) =>
        Assert.True(new MessagingOptionsCrossCheck().Validate(null, new MessagingOptions { Username = username }).Succeeded);

    [Theory]
    [InlineData("alert.engine")]
    [InlineData("alert engine")]
    [InlineData("*")]
    [InlineData(">")]
    [InlineData("größe")]
    public void A_name_that_cannot_be_part_of_a_subject_is_refused_with_what_to_write(string username)
    {
        var result = new MessagingOptionsCrossCheck().Validate(null, new MessagingOptions { Username = username });

        Assert.Contains($"'{username}'", result.FailureMessage, StringComparison.Ordinal);
        Assert.Contains("use letters", result.FailureMessage, StringComparison.Ordinal);
    }
}
