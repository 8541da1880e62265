using System.Threading.Channels;
using CryptoScreener.Contracts.Feed;
using CryptoScreener.Contracts.Json;
using CryptoScreener.DataCollector.Feeds;
using CryptoScreener.Storage.Connections;
using CryptoScreener.Storage.Gaps;

namespace CryptoScreener.DataCollector.Gaps;

/// <summary>Says on FEED what became of gaps and notes it in the table <c>gaps</c>, where it outlives us.</summary>
internal sealed class GapRecords(FeedPublisher feed, GapStore store, WhenAvailable whenAvailable, GapMetrics metrics, TimeProvider time) : BackgroundService
{
    /// <summary>Two notes for each of several thousand gaps while the database is away.</summary>
    internal const int Capacity = 16_384;

    // When full the oldest go, and are counted: the outcome of a gap carries all that its finding said, and what was never noted
    // is found missing in the database at the next start.
    private readonly Channel<GapRow> _notes = Channel.CreateBounded<GapRow>(
        new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true }, _ => metrics.NoteDropped());

    /// <summary>Its outcome, or what is found and not in the ledger yet.</summary>
    public Task RecordAsync(Gap gap, GapState state, CancellationToken stop) => SayAsync(Note(gap, state), stop);

    /// <summary>Writes it down for the table, and waits for nothing.</summary>
    /// <returns>What is still to be said.</returns>
    public GapEvent Note(Gap gap, GapState state)
    {
        var (id, now) = (gap.Instrument.Id, time.GetUtcNow().ToUnixTimeMilliseconds());
        _notes.Writer.TryWrite(new GapRow(gap.Instrument.DatabaseId, gap.First, gap.Through, state, gap.Cause, now, now));
        return new GapEvent(id.Exchange, id.Symbol, gap.First, gap.Through, state, gap.Cause, now);
    }

    public async Task SayAsync(GapEvent said, CancellationToken stop) =>
        await feed.SayAsync(said.Exchange, FeedKinds.Gap, said, ContractsJson.Default.GapEvent, stop);

    /// <summary>What the table still calls open of these instruments.</summary>
    public async Task<IReadOnlyList<GapRow>> OpenOfAsync(IReadOnlyCollection<int> instrumentIds, CancellationToken stop) =>
        await whenAvailable.RunAsync("reading open gaps", token => store.OpenOfAsync(instrumentIds, token), stop);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var note in _notes.Reader.ReadAllAsync(stoppingToken))
        {
            await whenAvailable.RunAsync(
                "noting a gap",
                token => store.SaveAsync(note.InstrumentId, note.From, note.Through, note.State, note.Cause, note.UpdatedAt, token),
                stoppingToken);
        }
    }
}
