using System.Text.Json;
using CryptoScreener.ApiGateway.Operations;
using CryptoScreener.ApiGateway.Realtime.Topics;

namespace CryptoScreener.ApiGateway.Realtime.Channels;

/// <summary>What the workers say of themselves, every five seconds.</summary>
internal sealed class StatusTopic(string id, ServiceBook services) : Topic(id)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);
    private long _toldAt;

    protected override void Start() => _toldAt = Clock.Time.GetTimestamp();

    protected override void WriteUpdates()
    {
        if (Clock.Time.GetElapsedTime(_toldAt) < Interval) return;
        _toldAt = Clock.Time.GetTimestamp();
        Write(BeginUpdate());
        EndUpdate();
    }

    protected override void WriteSnapshot(TopicWriter writer, Utf8JsonWriter json) => Write(json);

    private void Write(Utf8JsonWriter json)
    {
        json.WritePropertyName("services"u8);
        JsonSerializer.Serialize(json, services.Now(), OperationsJson.Default.IReadOnlyListServiceReport);
    }
}
