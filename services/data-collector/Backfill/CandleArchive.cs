using CryptoScreener.Contracts.Candles;
using CryptoScreener.Contracts.Feed;
using CryptoScreener.Contracts.Json;
using CryptoScreener.DataCollector.Candles;
using CryptoScreener.DataCollector.Feeds;
using CryptoScreener.Storage.Candles;
using CryptoScreener.Storage.Connections;

namespace CryptoScreener.DataCollector.Backfill;

/// <summary>Copies history straight into the database and announces it; the live path is not for it.</summary>
internal sealed class CandleArchive(CandleWriter writer, FeedPublisher feed, WhenAvailable whenAvailable, TimeProvider time)
{
    public delegate CandleSource SourceOf(in Candle candle);

    /// <summary>Waits for the database while it is away. Returns how many were stored.</summary>
    public async Task<int> StoreAsync(
        FollowedInstrument instrument, Timeframe timeframe, IReadOnlyList<Candle> candles, SourceOf source, CancellationToken stop)
    {
        var count = await StoreSilentlyAsync(instrument, timeframe, candles, source, stop);
        if (count > 0) await AnnounceAsync(instrument, timeframe, candles[0].OpenTime, candles[^1].OpenTime, count, stop);
        return count;
    }

    /// <summary>Without announcing it, which whoever stores it in pieces does at the end.</summary>
    public async Task<int> StoreSilentlyAsync(
        FollowedInstrument instrument, Timeframe timeframe, IReadOnlyList<Candle> candles, SourceOf source, CancellationToken stop)
    {
        var rows = candles
            .Where(c => c.Absurdity() is null)
            .Select(c => new CandleRow(instrument.DatabaseId, timeframe, c, source(c)))
            .ToArray();
        if (rows.Length == 0) return 0;
        await whenAvailable.RunAsync("storing a backfill", token => writer.WriteAsync(rows, token), stop);
        return rows.Length;
    }

    public async Task AnnounceAsync(FollowedInstrument instrument, Timeframe timeframe, long from, long through, int candles, CancellationToken stop)
    {
        var id = instrument.Id;
        var said = new BackfilledEvent(id.Exchange, id.Symbol, timeframe.ToString(), from, through, candles, time.GetUtcNow().ToUnixTimeMilliseconds());
        await feed.SayAsync(id.Exchange, FeedKinds.Backfilled, said, ContractsJson.Default.BackfilledEvent, stop);
    }
}
