using CryptoScreener.ApiGateway.Alerts;
using CryptoScreener.ApiGateway.Realtime.Protocol;

namespace CryptoScreener.ApiGateway.Realtime.Channels;

/// <summary>
/// Alerts as sockets are sent them, made once for all sockets with the same subscription. A place is overwritten by
/// whatever falls on it next, so the memory is bounded and a miss costs one more serialisation.
/// </summary>
internal sealed class AlertMessages
{
    private const int Places = 4_096;
    private readonly Made?[] _made = new Made?[Places];

    public ReadOnlyMemory<byte> Of(string subscription, long epoch, StreamedAlert alert)
    {
        ref var place = ref _made[(uint)HashCode.Combine(subscription, alert.Sequence) % Places];
        if (Volatile.Read(ref place) is { } made && ReferenceEquals(made.Alert, alert) && made.Subscription == subscription) return made.Json;
        var json = JsonText.Of(json =>
        {
            json.WriteString("type", "update");
            json.WriteString("subscription", subscription);
            json.WriteNumber("sequence", alert.Sequence);
            json.WriteString("epoch", AlertEpoch.Text(epoch));
            json.WritePropertyName("alert");
            json.WriteRawValue(alert.Json.Span, skipInputValidation: true); // it was parsed when it came
        });
        Volatile.Write(ref place, new Made(subscription, alert, json));
        return json;
    }

    private sealed record Made(string Subscription, StreamedAlert Alert, byte[] Json);
}
