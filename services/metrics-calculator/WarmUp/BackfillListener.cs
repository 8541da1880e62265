using CryptoScreener.Contracts.Bus;
using CryptoScreener.Contracts.Feed;
using CryptoScreener.Contracts.Instruments;
using CryptoScreener.Contracts.Json;
using CryptoScreener.Messaging.Reading;
using CryptoScreener.MetricsCalculator.Universe;

namespace CryptoScreener.MetricsCalculator.WarmUp;

/// <summary>Loads what collectors copied into the database while we run: history never comes over the live path.</summary>
internal sealed class BackfillListener(StoredReader reader, Rebuilder rebuilder, Benchmarks benchmarks) : BackgroundService
{
    private readonly TaskCompletionSource _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when nothing is missed any more: whoever reads history after it hears of all that comes behind it.</summary>
    public Task Listening => _listening.Task;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // A partition's own warm-up reads what was backfilled before, so only what comes from now on matters.
        var end = await reader.EndAsync(Streams.Feed, stoppingToken);
        _listening.TrySetResult();
        await reader.ReadAsync(Streams.Feed, Subjects.Feed("*", FeedKinds.Backfilled), end, TakeAsync, stoppingToken);
    }

    private ValueTask TakeAsync(StoredBatch batch, CancellationToken stop)
    {
        foreach (var message in batch.Messages)
        {
            var said = BusJson.Read(message.Data.Span, ContractsJson.Default.BackfilledEvent);
            if (said is null || !InstrumentId.IsToken(said.Exchange) || !InstrumentId.IsToken(said.Symbol)) continue;
            var instrument = new InstrumentId(said.Exchange, said.Symbol);
            rebuilder.Ask(instrument);
            benchmarks.HistoryChanged(instrument);
        }

        return ValueTask.CompletedTask;
    }
}
