using CryptoScreener.Messaging;

namespace CryptoScreener.ContractTests.Messaging;

public sealed class UrlSettingTests
{
    [Theory]
    [InlineData("nats://a:4222")]
    [InlineData("a")]
    [InlineData("nats://my_nats:4222")]
    [InlineData("nats://a:4222, tls://user:secret@b,[::1]:4222")]
    public void Addresses_of_servers_are_taken(string url) => Assert.True(Check(url).Succeeded);

    [Theory]
    [InlineData("nats://a:4222,")]
    [InlineData(",")]
    [InlineData("nats://a,,nats://b")]
    [InlineData("nats://")]
    [InlineData("http://a")]
    [InlineData("nats://a------------------------------------------------------------------:4222")] // no host name is that long
    [InlineData("nats://user:secret@a:port")]
    public void What_leads_to_no_server_or_to_this_machine_by_mistake_is_refused_without_its_secrets(string url)
    {
        var complaint = Check(url).FailureMessage;

        Assert.Contains("write nats://host:4222", complaint, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", complaint, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nats://:secret@a:4222")]
    [InlineData("tls://b,:secret@[::1]")]
    public void A_password_of_nobody_is_refused_with_what_to_write_instead(string url)
    {
        var complaint = Check(url).FailureMessage;

        Assert.Contains("write nats://user:password@host:4222 or nats://token@host:4222", complaint, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", complaint, StringComparison.Ordinal);
    }

    private static Microsoft.Extensions.Options.ValidateOptionsResult Check(string url) =>
        new MessagingOptionsCrossCheck().Validate(null, new MessagingOptions { Url = url });
}
