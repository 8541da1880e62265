using System.Text.Json;
using CryptoScreener.ApiGateway.Operations;
using CryptoScreener.ApiGateway.Realtime.Topics;

namespace CryptoScreener.ApiGateway.Realtime.Channels;

/// <summary>How the exchanges' feeds do, as GET /api/v1/exchanges has it, whenever it changes.</summary>
internal sealed class FeedTopic(string id, ExchangeBook exchanges) : Topic(id)
{
    private long _version;

    protected override void Start() => _version = exchanges.Version;

    protected override void WriteUpdates()
    {
        if (exchanges.Version is var version && version == _version) return;
        _version = version;
        Write(BeginUpdate());
        EndUpdate();
    }

    protected override void WriteSnapshot(TopicWriter writer, Utf8JsonWriter json) => Write(json);

    private void Write(Utf8JsonWriter json)
    {
        json.WritePropertyName("exchanges"u8);
        JsonSerializer.Serialize(json, exchanges.Now(), OperationsJson.Default.IReadOnlyListExchangeHealth);
    }
}
