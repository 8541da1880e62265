using System.Collections.Concurrent;
using System.Text.Json;
using CryptoScreener.Contracts.Alerts;
using CryptoScreener.Contracts.Bus;
using CryptoScreener.Contracts.Json;
using CryptoScreener.IntegrationTests.Messaging;
using CryptoScreener.Messaging.Reading;

namespace CryptoScreener.IntegrationTests.Engine;

/// <summary>Every event that is in ALERTS, by stream sequence, as its readers see it.</summary>
internal sealed class PublishedAlerts : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<ulong, AlertEvent> _alerts = new();
    private readonly Task _running;

    internal PublishedAlerts(TestBus bus) => _running = bus.Reader.ReadAsync(
        Streams.Alerts, Subjects.AllAlerts, StreamPosition.Beginning, Take, _stop.Token);

    /// <summary>Its own ToArray, since LINQ's copy of a dictionary that grows meanwhile throws.</summary>
    internal IEnumerable<AlertEvent> All => _alerts.ToArray().OrderBy(alert => alert.Key).Select(alert => alert.Value);

    private ValueTask Take(StoredBatch batch, CancellationToken stop)
    {
        foreach (var message in batch.Messages)
            _alerts[message.Sequence] = JsonSerializer.Deserialize(message.Data.Span, ContractsJson.Default.AlertEvent)!;
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }
}
