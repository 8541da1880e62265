using CryptoScreener.Calculation;
using CryptoScreener.Contracts.Bus;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.IntegrationTests.Messaging;
using CryptoScreener.IntegrationTests.Storage;
using CryptoScreener.LocalServers;
using CryptoScreener.Storage.Candles;
using CryptoScreener.Storage.Catalogues;
using CryptoScreener.Storage.Instruments;
using CryptoScreener.Storage.Metrics;
using CryptoScreener.Testing;
using Xunit.Abstractions;

namespace CryptoScreener.IntegrationTests.Calculator;

public sealed class RestartTests(ServersFixture servers, ITestOutputHelper output) : IClassFixture<ServersFixture>
{
    private const int Instruments = 12;
    private const int Minutes = 150;
    private static readonly CalculationPlan Plan = CalculationPlan.Create();

    [Fact]
    public async Task Frames_of_calculators_that_share_the_partitions_and_are_replaced_equal_those_of_one_that_never_stopped()
    {
        await using var nats = await LocalNats.StartAsync();
        await using var bus = await TestBus.StartAsync(nats);
        await using var frames = new PublishedFrames(bus);
        var database = await servers.CreateDatabaseAsync();
        var market = new Market(bus, Seeded.Random(output), Instruments, Minutes);

        var first = await RunningCalculator.StartAsync(nats, database, "first");
        await using (await RunningCalculator.StartAsync(nats, database, "second"))
        {
            await first.WarmAsync();
            for (var minute = 0; minute < 3; minute++) await PublishedAsync(minute, minute);
            await PublishedAsync(3, 79);
            await first.DisposeAsync();
            await PublishedAsync(80, 99);
        }

        await market.PublishAsync(100, 119); // while there is no calculator
        await using (var storage = new TestStorage(database)) // what is gone from the database is in the stored states
            await storage.ExecuteAsync($"DELETE FROM candles_minute WHERE open_time < to_timestamp({market.Of(0, 30).OpenTime / 1000})");
        await using (await RunningCalculator.StartAsync(nats, database, "third"))
        {
            await PublishedAsync(120, Minutes - 1);
            await Eventually.TrueAsync(async () => await StoredFramesAsync() == Minutes * Instruments, "all frames are in the database");
        }

        await using var stored = new TestStorage(database);
        var ids = await stored.Get<InstrumentStore>().ResolveAsync(market.Instruments);
        for (var i = 0; i < Instruments; i++)
        {
            foreach (var row in await stored.Get<MetricHistory>().ReadAsync(ids[i], 0, market.Of(i, Minutes - 1).OpenTime))
                AssertFrame(frames.Find(market.Instruments[i], row.Minute)!, row.Numbers, $"{market.Instruments[i]} in the database");
        }

        Assert.Equal(Plan.Catalogue.Hash, (await stored.Get<CatalogueStore>().FindAsync(Plan.Catalogue.Hash))!.Hash);

        var expected = new NeverStopped(Plan, market);
        for (var minute = 0; minute < Minutes; minute++)
        {
            var all = expected.Next();
            for (var i = 0; i < Instruments; i++)
                AssertFrame(all[i], frames.Find(market.Instruments[i], market.Of(i, minute).OpenTime)!, $"{market.Instruments[i]}, minute {minute}");
        }

        Assert.Empty(frames.Doubled);

        async Task<long> StoredFramesAsync()
        {
            await using var storage = new TestStorage(database);
            return await storage.ScalarAsync<long>("SELECT count(*) FROM metrics");
        }

        async Task PublishedAsync(int from, int through)
        {
            await market.PublishAsync(from, through);
            await Eventually.TrueAsync(() => frames.Count >= (through + 1) * Instruments, $"all frames through minute {through} are in the stream");
        }
    }

    [Fact]
    public async Task A_hole_that_was_filled_while_nobody_calculated_is_not_in_the_frames_after_the_restart()
    {
        await using var nats = await LocalNats.StartAsync();
        await using var bus = await TestBus.StartAsync(nats);
        await using var frames = new PublishedFrames(bus);
        var database = await servers.CreateDatabaseAsync();
        var market = new Market(bus, Seeded.Random(output), instruments: 1, minutes: 241);
        var bitcoin = market.Instruments[0];

        await using (var first = await RunningCalculator.StartAsync(nats, database, "first"))
        {
            await first.WarmAsync();
            await market.PublishAsync(0, 9);
            await market.PublishAsync(11, 239);
            await Eventually.TrueAsync(() => frames.Count == 239, "all frames but the missing one are in the stream");
            await Eventually.TrueAsync(
                () => StoredAsync($"SELECT (SELECT count(*) FROM candles_minute) = 239 AND count(DISTINCT sequence) = 1 FROM checkpoints WHERE partition = {Partitioning.Of(bitcoin, RunningCalculator.Partitions)} AND reader IN ('candles', 'frames')"),
                "candles and the position of their frames are in the database");
        }

        await using (var storage = new TestStorage(database))
        {
            var id = (await storage.Get<InstrumentStore>().ResolveAsync([bitcoin]))[0];
            await storage.Get<CandleWriter>().WriteAsync(new[] { new CandleRow(id, Timeframe.OneMinute, market.Of(0, 10), CandleSource.Backfill) }, CancellationToken.None);
        }

        await using (await RunningCalculator.StartAsync(nats, database, "second"))
        {
            await market.PublishAsync(240, 240);
            await Eventually.TrueAsync(() => frames.Find(bitcoin, market.Of(0, 240).OpenTime) is not null, "the frame after the restart is there");
        }

        var history = Plan.Catalogue.Metrics.ToList().FindIndex(metric => metric.Name == "history");
        Assert.Equal(239, frames.Find(bitcoin, market.Of(0, 239).OpenTime)![history]);
        Assert.Equal(241, frames.Find(bitcoin, market.Of(0, 240).OpenTime)![history]);

        async Task<bool> StoredAsync(string condition)
        {
            await using var storage = new TestStorage(database);
            return await storage.ScalarAsync<bool>(condition);
        }
    }

    private static void AssertFrame(double[] expected, double[] actual, string which)
    {
        var different = Enumerable.Range(0, expected.Length)
            .Where(i => BitConverter.DoubleToInt64Bits(expected[i]) != BitConverter.DoubleToInt64Bits(actual[i]))
            .Select(i => $"{Plan.Catalogue.Metrics[i].Name}: {expected[i]:R} became {actual[i]:R}");
        Assert.True(!different.Any(), $"{which}: {string.Join("; ", different.Take(5))}");
    }
}
