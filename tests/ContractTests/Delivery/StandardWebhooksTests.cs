using System.Text;
using System.Text.Json;
using CryptoScreener.AlertEngine.Delivery;
using CryptoScreener.AlertEngine.Delivery.Webhook;
using CryptoScreener.Contracts.Alerts;
using CryptoScreener.Storage.Delivery;
using CryptoScreener.Testing;

namespace CryptoScreener.ContractTests.Delivery;

/// <summary>A verifier that was not written by us reads our signatures: the specification's own library.</summary>
public sealed class StandardWebhooksTests
{
    private const string Current = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private const string Former = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";
    private const string Strangers = "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    private static readonly NodeClient Verifier = new("tests/ContractTests/Delivery/standardwebhooks", "verify.mjs");
    private static readonly long Now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();

    [Fact]
    public async Task Our_signature_is_accepted() => Assert.StartsWith("accepted alert.fired", await VerifyAsync(Current, Sign([Current])), StringComparison.Ordinal);

    [Fact]
    public async Task During_a_rotation_either_secret_will_do()
    {
        var message = Sign([Current, Former]);
        Assert.StartsWith("accepted", await VerifyAsync(Current, message), StringComparison.Ordinal);
        Assert.StartsWith("accepted", await VerifyAsync(Former, message), StringComparison.Ordinal);
        Assert.StartsWith("refused", await VerifyAsync(Strangers, message), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_changed_or_is_stale_is_refused()
    {
        var message = Sign([Current]);
        Assert.StartsWith("refused", await VerifyAsync(Current, message with { Body = message.Body.Replace("BTC", "ETH", StringComparison.Ordinal) }), StringComparison.Ordinal);
        Assert.StartsWith("refused", await VerifyAsync(Current, message with { Id = "msg_2" }), StringComparison.Ordinal);
        Assert.StartsWith("refused", await VerifyAsync(Current, Sign([Current], Now - 600)), StringComparison.Ordinal);
    }

    private sealed record Signed(string Id, string Timestamp, string Signature, string Body);

    private static Signed Sign(string[] secrets, long? at = null)
    {
        var alert = new AlertEvent
        {
            Id = "a1",
            Symbol = "BTCUSDT",
            Exchange = "binance-futures",
            RuleType = "custom",
            RuleId = "r",
            RuleVersion = 1,
            Description = "ümläut 😀",
            Severity = AlertSeverity.Info,
            State = AlertState.Fired,
            Timestamp = DateTime.UnixEpoch,
            Price = 1,
            Metadata = new Dictionary<string, double>(),
            TriggerKey = "k",
        };
        var body = WebhookBody.Of(new OutgoingAlert("msg_1", DeliveryEvent.Alert, alert));
        var time = at ?? Now;
        return new("msg_1", $"{time}", WebhookSignature.Of(secrets, "msg_1", time, body.Span), Encoding.UTF8.GetString(body.Span));
    }

    private static Task<string> VerifyAsync(string secret, Signed message) => Verifier.RunAsync(secret, JsonSerializer.Serialize(message, JsonSerializerOptions.Web));
}
