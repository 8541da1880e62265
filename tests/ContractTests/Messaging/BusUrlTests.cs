using CryptoScreener.Messaging.Connection;

namespace CryptoScreener.ContractTests.Messaging;

public sealed class BusUrlTests
{
    [Theory]
    [InlineData("nats://127.0.0.1:4222", "nats://127.0.0.1:4222")]
    [InlineData("nats://user:secret@bus:4222", "nats://bus:4222")]
    [InlineData("tls://token@bus", "tls://bus")]
    [InlineData("user:secret@bus", "bus")]
    [InlineData("nats://u:p%40s@a:1,nats://b:2", "nats://a:1,nats://b:2")]
    [InlineData("nats://u:p@s@a:1", "nats://a:1")]
    public void What_is_logged_holds_no_secret(string url, string shown) => Assert.Equal(shown, BusUrl.WithoutSecrets(url));
}
