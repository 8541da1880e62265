using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using CryptoScreener.Calculation;
using CryptoScreener.Contracts.Bus;
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
public sealed class KillTests(ServersFixture servers, ITestOutputHelper output) : IClassFixture<ServersFixture>
{
    private const int Instruments = 6;
    private const int Minutes = 80;

    /// <summary>A fault meets some minutes that are still under way, and some that nobody calculates for a while; then all is awaited.</summary>
    private const int UnderWay = 2;
    private const int Unrest = 8;
    private const int UntilSetsCome = 2;
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
                if (at.Contains(minute - Unrest)) await AllFramesAsync(minute);
            }

            await using var storage = new TestStorage(database);
            await AllFramesAsync(Minutes - 1);
            foreach (var table in (string[])["candles_minute", "metrics"])
                await Eventually.TrueAsync(async () => await storage.ScalarAsync<long>($"SELECT count(*) FROM {table}") == Minutes * Instruments, $"{table} is complete");
            await AssertTruthAsync(storage, market, frames, minute => at.Exists(fault => minute >= fault - UnderWay && minute <= fault + Unrest + UntilSetsCome));
        }
        finally
        {
            foreach (var calculator in calculators) await calculator.DisposeAsync();
        }

        Task AllFramesAsync(int through) =>
            Eventually.TrueAsync(() => frames.Count == (through + 1) * Instruments, $"all frames through minute {through} are in the stream");

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

    /// <summary>The table that is not to be written is locked meanwhile. Instead of waiting for the dead one's lease it is ended.</summary>
    [Theory]
    [InlineData("candles_minute", "SELECT count(*) > 0 FROM snapshots WHERE kind = 'calculator-state' AND sequence > {1}")]
    [InlineData("snapshots", "SELECT count(*) >= {0} FROM candles_minute")]
    public async Task Killed_between_storing_states_and_storing_candles_it_goes_on_as_if_it_had_not_been(string locked, string otherIsStored)
    {
        const int Before = 10;
        await using var nats = await LocalNats.StartAsync();
        await using var bus = await TestBus.StartAsync(nats);
        await using var frames = new PublishedFrames(bus);
        await using var storage = await TestStorage.CreateAsync(servers);
        var market = new Market(bus, Seeded.Random(output), Instruments, Minutes);
        await using var killed = Helper.Start(CalculatorProcess.Verb, nats.Url, storage.ConnectionString, "killed");
        Assert.Equal("running", await killed.ReadLineAsync());
        await PublishedAsync(0, Before - 1);
        await StoredAsync("SELECT count(*) = {0} FROM candles_minute", Before - 1, 0);
        await StoredAsync("SELECT count(*) > 0 FROM snapshots", Before - 1, 0);

        var minute = Before;
        await using (await LockedTable.LockAsync(storage, locked))
        {
            var end = await bus.Reader.EndAsync(Streams.Candles, CancellationToken.None);
            for (var isStored = false; !isStored; minute++)
            {
                Assert.True(minute < Minutes - Before, "the other table was not written");
                await PublishedAsync(minute, minute);
                await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System);
                isStored = await IsStoredAsync(otherIsStored, minute, end.Sequence);
            }

            await killed.KillAsync();
        }

        await storage.ExecuteAsync("UPDATE leases SET expires_at = now() WHERE kind = 'calculator'");
        await using var next = Helper.Start(CalculatorProcess.Verb, nats.Url, storage.ConnectionString, "next");
        await PublishedAsync(minute, Minutes - 1);
        await StoredAsync("SELECT count(*) = {0} FROM candles_minute", Minutes - 1, 0);
        await StoredAsync("SELECT count(*) = {0} FROM metrics", Minutes - 1, 0);
        await AssertTruthAsync(storage, market, frames, mayLackSets: _ => false);

        async Task PublishedAsync(int from, int through)
        {
            await market.PublishAsync(from, through);
            await Eventually.TrueAsync(() => frames.Count == (through + 1) * Instruments, $"all frames through minute {through} are in the stream");
        }

        Task<bool> IsStoredAsync(string sql, int through, ulong sequence) =>
            storage.ScalarAsync<bool>(string.Format(CultureInfo.InvariantCulture, sql, (through + 1) * Instruments, sequence));

        Task StoredAsync(string sql, int through, ulong sequence) => Eventually.TrueAsync(() => IsStoredAsync(sql, through, sequence), sql);
    }

    private static async Task AssertTruthAsync(TestStorage storage, Market market, PublishedFrames frames, Func<int, bool> mayLackSets)
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
                AssertFrame(all[minute][i], frame, mayLackSets(minute), $"{market.Instruments[i]}, minute {minute}");
            }
        }
    }

    /// <summary>Ranks, correlation and beta may be null where a fault kept the set from coming in time; what they say is right.</summary>
    private static void AssertFrame(double[] expected, double[] actual, bool mayLackSet, string which)
    {
        for (var i = 0; i < expected.Length; i++)
        {
            var excused = mayLackSet && i >= Plan.Universe.First && double.IsNaN(actual[i]);
            Assert.True(excused || expected[i].Equals(actual[i]), $"{which}: {Plan.Catalogue.Metrics[i].Name} {expected[i]:R} became {actual[i]:R}");
        }
    }
}
