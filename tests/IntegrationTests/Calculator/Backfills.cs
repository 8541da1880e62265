using System.Text.Json;
using CryptoScreener.Contracts.Bus;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.Contracts.Feed;
using CryptoScreener.Contracts.Instruments;
using CryptoScreener.Contracts.Json;
using CryptoScreener.IntegrationTests.Messaging;
using CryptoScreener.IntegrationTests.Storage;
using CryptoScreener.Storage.Candles;
using CryptoScreener.Storage.Instruments;

namespace CryptoScreener.IntegrationTests.Calculator;

/// <summary>A collector's way with history: into the database, then announced.</summary>
internal static class Backfills
{
    internal static async Task StoreAsync(TestStorage storage, InstrumentId id, Timeframe timeframe, IEnumerable<Candle> candles)
    {
        var number = (await storage.Get<InstrumentStore>().ResolveAsync([id]))[0];
        await storage.Get<CandleWriter>().WriteAsync(candles.Select(candle => new CandleRow(number, timeframe, candle, CandleSource.Backfill)).ToArray());
    }

    internal static async Task BackfillAsync(TestBus bus, TestStorage storage, InstrumentId id, Candle[] minutes)
    {
        await StoreAsync(storage, id, Timeframe.OneMinute, minutes);
        var said = new BackfilledEvent(id.Exchange, id.Symbol, "1m", minutes[0].OpenTime, minutes[^1].OpenTime, minutes.Length, 0);
        var json = JsonSerializer.SerializeToUtf8Bytes(said, ContractsJson.Default.BackfilledEvent);
        await bus.Stored.PublishAsync(Subjects.Feed(id.Exchange, FeedKinds.Backfilled), json, null, CancellationToken.None);
        await bus.Stored.FlushAsync(CancellationToken.None);
    }
}
