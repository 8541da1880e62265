using CryptoScreener.Hosting.Logging;

namespace CryptoScreener.UnitTests.Hosting.Logging;

public sealed class SecretsTests
{
    [Theory]
    [InlineData("Host=db;Username=app;Password=hunter2;Database=x", "Host=db;Username=app;Password=[redacted];Database=x")]
    [InlineData("nats://app:s3cret@nats:4222", "nats://[redacted]@nats:4222")]
    [InlineData("Authorization: Bearer eyJhbGciOiJIUzI1NiJ9.e30.abc", "Authorization: Bearer [redacted]")]
    [InlineData("https://discord.com/api/webhooks/123/AbC-dEf_9", "https://discord.com/api/webhooks/123/[redacted]")]
    [InlineData("https://hooks.slack.com/services/T0/B0/xyz refused", "https://hooks.slack.com/services/[redacted] refused")]
    [InlineData("POST https://api.telegram.org/bot12:AAA/sendMessage", "POST https://api.telegram.org/bot[redacted]")]
    [InlineData("""{"api_key":"abc123","x":1}""", """{"api_key":[redacted],"x":1}""")]
    [InlineData("signed with whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "signed with whsec_[redacted]")]
    public void Credentials_inside_a_text_are_masked(string text, string expected) => Assert.Equal(expected, Secrets.Clean(text));

    [Theory]
    [InlineData("Candle rejected: BTCUSDT 2026-03-01T12:00:00Z")]
    [InlineData("3 tokens of BASIC attention left at https://example.com/a@b")]
    [InlineData("queue=12 depth: 7")]
    public void A_harmless_text_is_returned_as_it_is(string text) => Assert.Same(text, Secrets.Clean(text));

    [Fact]
    public void Cleaning_twice_changes_nothing_more()
    {
        const string Text = "password=a secret: b nats://u:p@h whsec_0123456789abcdef https://hooks.slack.com/services/T/B/x";

        Assert.Equal(Secrets.Clean(Text), Secrets.Clean(Secrets.Clean(Text)));
    }

    [Theory]
    [InlineData("ApiKey", true)]
    [InlineData("smtp_password", true)]
    [InlineData("WebhookSecret", true)]
    [InlineData("ConnectionString", true)]
    [InlineData("Symbol", false)]
    [InlineData("Partition", false)]
    public void Secrets_are_known_by_their_names(string name, bool expected) => Assert.Equal(expected, Secrets.IsSecretName(name));
}
