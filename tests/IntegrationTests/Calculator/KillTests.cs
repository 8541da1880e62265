using System.Diagnostics.CodeAnalysis;
using CryptoScreener.Calculation;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.IntegrationTests.Messaging;
using CryptoScreener.IntegrationTests.Storage;
using CryptoScreener.LocalServers;
using CryptoScreener.Storage.Candles;
using CryptoScreener.Storage.Instruments;
using CryptoScreener.Storage.Metrics;
using CryptoScreener.Testing;
using Xunit.Abstractions;
using Helper = CryptoScreener.IntegrationTests.HelperProcess.HelperProcess;

namespace CryptoScreener.IntegrationTests.Calculator;

/// <summary>Two calculators as processes, and the database as one: killed and frozen while minutes close.</summary>
[SuppressMessage("Security", "CA5394", Justification = "Test data; the seed is printed.")]
public sealed class KillTests(ITestOutputHelper output)
{
    private const int Instruments = 6;
    private const int Minutes = 80;
    private static readonly TimeSpan LongerThanLeasesLive = TimeSpan.FromSeconds(7);
    private static readonly CalculationPlan Plan = CalculationPlan.Create();

    [Fact]
    public async Task Whoever_is_killed_or_frozen_every_candle_and_every_frame_is_there_once_and_right()
    {
        var random = Seeded.Random(output);
        await using var nats = await LocalNats.StartAsync();
        await using var postgres = await LocalPostgres.StartAsync(ServersFixture.NewPostgres());
        await using var bus = await TestBus.StartAsync(nats);
        await using var frames = new PublishedFrames(bus);
        var database = await postgres.CreateDatabaseAsync("kills");
        var market = new Market(bus, random, Instruments, Minutes);
        List<Helper> calculators = [await StartAsync(), await StartAsync()];
        try
        {
            Func<Task>[] faults = [KillOneAsync, FreezeOneAsync, KillDatabaseAsync];
            random.Shuffle(faults);
            var at = faults.Select((_, i) => (20 * (i + 1)) + random.Next(-8, 9)).ToList();
            for (var minute = 0; minute < Minutes; minute++)
            {
                await market.PublishAsync(minute, minute);
                await Task.Delay(TimeSpan.FromMilliseconds(random.Next(60)), TimeProvider.System); // lets a fault hit the middle of the work
                if (at.IndexOf(minute) is >= 0 and var fault) await faults[fault]();
            }

            await using var storage = new TestStorage(database);
            await Eventually.TrueAsync(() => frames.Count == Minutes * Instruments, "all frames are in the stream");
            foreach (var table in (string[])["candles_minute", "metrics"])
                await Eventually.TrueAsync(async () => await storage.ScalarAsync<long>($"SELECT count(*) FROM {table}") == Minutes * Instruments, $"{table} is complete");
            await AssertTruthAsync(storage, market, frames);
        }
        finally
        {
            foreach (var calculator in calculators) await calculator.DisposeAsync();
        }

        async Task<Helper> StartAsync()
        {
            var process = Helper.Start(CalculatorProcess.Verb, nats.Url, database, "calculator");
            Assert.Equal("running", await process.ReadLineAsync());
            return process;
        }

        async Task KillOneAsync()
        {
            var victim = random.Next(calculators.Count);
            await calculators[victim].KillAsync();
            await calculators[victim].DisposeAsync();
            calculators[victim] = await StartAsync();
        }

        async Task FreezeOneAsync()
        {
            var victim = calculators[random.Next(calculators.Count)];
            await victim.PauseAsync(); // it wakes up as an owner that no longer is one
            await Task.Delay(LongerThanLeasesLive, TimeProvider.System);
            await victim.ContinueAsync();
        }

        async Task KillDatabaseAsync()
        {
            await postgres.KillAsync();
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(3_000)), TimeProvider.System);
            await postgres.StartAgainAsync();
        }
    }

    private static async Task AssertTruthAsync(TestStorage storage, Market market, PublishedFrames frames)
    {
        Assert.Empty(frames.Doubled);
        var ids = await storage.Get<InstrumentStore>().ResolveAsync(market.Instruments);
        var expected = new NeverStopped(Plan, market);
        var all = Enumerable.Range(0, Minutes).Select(_ => expected.Next()).ToList();
        for (var i = 0; i < Instruments; i++)
        {
            var candles = new List<Candle>();
            await storage.Get<CandleReader>().ReadAsync(ids[i], Timeframe.OneMinute, market.Start, market.Of(i, Minutes - 1).OpenTime, candles);
            Assert.Equal(Enumerable.Range(0, Minutes).Select(minute => market.Of(i, minute)), candles);
            var rows = await storage.Get<MetricHistory>().ReadAsync(ids[i], market.Start, market.Of(i, Minutes - 1).OpenTime);
            for (var minute = 0; minute < Minutes; minute++)
            {
                var frame = frames.Find(market.Instruments[i], market.Of(i, minute).OpenTime)!;
                Assert.Equal(frame, rows[minute].Numbers);
                AssertFrame(all[minute][i], frame, $"{market.Instruments[i]}, minute {minute}");
            }
        }
    }

    /// <summary>Ranks, correlation and beta may be null where the set did not come in time; what they say is right.</summary>
    private static void AssertFrame(double[] expected, double[] actual, string which)
    {
        for (var i = 0; i < expected.Length; i++)
        {
            var excused = i >= Plan.Universe.First && double.IsNaN(actual[i]);
            Assert.True(excused || expected[i].Equals(actual[i]), $"{which}: {Plan.Catalogue.Metrics[i].Name} {expected[i]:R} became {actual[i]:R}");
        }
    }
}
