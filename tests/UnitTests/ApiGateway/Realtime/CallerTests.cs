using CryptoScreener.ApiGateway.Auth;
using CryptoScreener.ApiGateway.Realtime.Sockets;

namespace CryptoScreener.UnitTests.ApiGateway.Realtime;

public sealed class CallerTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);

    [Theory]
    [InlineData(null, 15, false)]
    [InlineData(60, 15, false)]
    [InlineData(4, 4, false)]
    [InlineData(0, 0, true)]
    [InlineData(-4, 0, true)]
    public void It_is_looked_at_when_its_credential_expires_and_not_later(int? expiresIn, int nextLook, bool hasExpired)
    {
        var account = new Account("alice", "alice", Role.Trader, [], ExpiresAt: expiresIn is { } seconds ? Now.AddSeconds(seconds) : null);
        var caller = new Caller(account, "csk_…", "10.0.0.1");
        Assert.Equal((TimeSpan.FromSeconds(nextLook), hasExpired), (caller.NextLook(Interval, Now), caller.HasExpired(Now)));
    }

    [Fact]
    public void Its_share_is_its_accounts_and_without_one_its_networks()
    {
        Assert.Equal("ip:10.0.0.1", new Caller(Account.Anonymous, null, "10.0.0.1").Client);
        Assert.Equal("ip:10.0.0.1", new Caller(null, null, "10.0.0.1").Client);
        Assert.Equal("a:alice", new Caller(new Account("alice", "alice", Role.Reader, []), "csk_…", "10.0.0.1").Client);
    }
}
