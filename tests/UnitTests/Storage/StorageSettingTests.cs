using CryptoScreener.Storage;

namespace CryptoScreener.UnitTests.Storage;

public sealed class StorageSettingTests
{
    [Theory]
    [InlineData("loud=yes")]
    [InlineData("host:6379,loud=yes")]
    [InlineData(",")]
    [InlineData(" ")]
    public void A_redis_that_nobody_could_reach_is_refused_before_anybody_asks_it(string redis)
    {
        var complaint = Check(new StorageOptions { ConnectionString = "Host=a", Redis = redis });

        Assert.Contains("write it as host:6379", complaint, StringComparison.Ordinal);
    }

    [Fact]
    public void A_complaint_about_redis_repeats_nothing_of_a_password() =>
        Assert.DoesNotContain("cret", Check(new StorageOptions { ConnectionString = "Host=a", Redis = "host:6379,password=se,cret=" }), StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("host:6379")]
    [InlineData("host:6379,password=secret,ssl=true")]
    public void A_redis_or_none_is_taken(string redis) => Assert.Null(Check(new StorageOptions { ConnectionString = "Host=a", Redis = redis }));

    [Fact]
    public void More_connections_at_least_than_at_most_are_refused_in_words() =>
        Assert.Contains("Storage:ConnectionString", Check(new StorageOptions { ConnectionString = "Host=a;Minimum Pool Size=50", MaxPoolSize = 20 }), StringComparison.Ordinal);

    [Theory]
    [InlineData("Host=a:99999999999")]
    [InlineData("Host=a:port")]
    [InlineData("Host=a,b:99999999999")]
    [InlineData("Host=a;Port=99999999999")]
    public void A_port_that_is_none_is_refused_in_words(string address) =>
        Assert.Contains("Storage:ConnectionString is not one", Check(new StorageOptions { ConnectionString = address }), StringComparison.Ordinal);

    [Fact]
    public void A_null_in_a_settings_file_is_refused_in_words_too()
    {
        var complaint = Check(new StorageOptions { ConnectionString = null!, Redis = null!, RollUpTimeframes = null!, SecretKeys = [null!] });

        Assert.Contains("Storage:ConnectionString", complaint, StringComparison.Ordinal);
        Assert.Contains("Storage:RollUpTimeframes", complaint, StringComparison.Ordinal);
        Assert.Contains("Storage:SecretKeys", complaint, StringComparison.Ordinal);
    }

    private static string? Check(StorageOptions options) => new StorageOptionsCrossCheck().Validate(null, options).FailureMessage;
}
