using CryptoScreener.Benchmarks.Storage;
using CryptoScreener.Contracts.Alerts;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.Contracts.Instruments;
using CryptoScreener.Storage.Alerts;
using CryptoScreener.Storage.Candles;
using CryptoScreener.Storage.Instruments;
using CryptoScreener.Storage.Ownership;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace CryptoScreener.Benchmarks.Gateway;

/// <summary>Enough rows in the database for answers of the usual length.</summary>
internal static class StoredHistory
{
    /// <summary>Now, as of a screener that runs: what is long past is looked for in other places.</summary>
    internal static readonly long End = Timeframe.OneMinute.OpenOf(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());

    private const int Minutes = 2_000;
    private const int Alerts = 10_000;

    internal static async Task FillAsync(string database, int barsOfTheFirst = Minutes)
    {
        await using var services = BenchStorage.On(database);
        var store = services.GetRequiredService<InstrumentStore>();
        InstrumentId[] some = [.. Enumerable.Range(0, 20).Select(MarketOnTheBus.Id)];
        await store.RegisterAsync([.. some.Select(id => new InstrumentListing(id, id.Symbol[..^4], "USDT", InstrumentStatus.Trading))]);
        var ids = await store.ResolveAsync(some);
        foreach (var id in ids)
            foreach (var minutes in Enumerable.Range(0, id == ids[0] ? barsOfTheFirst : Minutes).Chunk(5_000))
                await services.GetRequiredService<CandleWriter>().WriteAsync(minutes.Select(back => RowOf(id, back)).ToArray());

        var lease = new PartitionLease("bench", 0, 1);
        var checkpoints = services.GetRequiredService<CheckpointStore>();
        await checkpoints.AdoptAsync("bench", lease);
        foreach (var chunk in Enumerable.Range(1, Alerts).Chunk(500))
        {
            var alerts = chunk.Select(i => new StoredAlert(AlertOf(i), i)).ToList();
            await checkpoints.CommitAsync("bench", lease, new Checkpoint(chunk[^1], 0), (transaction, stop) => AlertStore.RecordAsync(transaction, alerts, [], stop));
        }

        // Where rows come by and by, the server's own process has counted them; here they came at once.
        await using var analyze = services.GetRequiredService<NpgsqlDataSource>().CreateCommand("ANALYZE");
        await analyze.ExecuteNonQueryAsync();
    }

    private static CandleRow RowOf(int instrument, int minutesBack)
    {
        var price = 100 + (10 * Math.Sin(minutesBack / 50.0));
        return new CandleRow(
            instrument, Timeframe.OneMinute, new Candle(End - ((minutesBack + 1) * Timeframe.MinuteMs), price, price + 1.5, price - 0.75, price + 0.5, 10, 1_000, 7, 4, 400), CandleSource.Exchange);
    }

    private static AlertEvent AlertOf(int number) => new()
    {
        Id = $"alert-{number}",
        Symbol = MarketOnTheBus.Id(number % 20).Symbol,
        Exchange = MarketOnTheBus.Exchange,
        RuleType = "custom",
        RuleId = "r",
        RuleVersion = 1,
        Description = "RSI is low",
        Severity = AlertSeverity.Info,
        State = AlertState.Fired,
        Timestamp = DateTimeOffset.FromUnixTimeMilliseconds(End - ((Alerts - number) * 1_000L)).UtcDateTime,
        Price = 65_432.1,
        Metadata = new Dictionary<string, double> { ["rsi(14,1h)"] = 29.5, ["volume(5m)"] = 4_567_890 },
        TriggerKey = $"{number}",
    };
}
