using System.Globalization;
using CryptoScreener.Calculation;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.IntegrationTests.Messaging;
using CryptoScreener.IntegrationTests.Storage;
using CryptoScreener.LocalServers;
using CryptoScreener.Storage.Candles;
using CryptoScreener.Storage.Instruments;
using CryptoScreener.Testing;
using Xunit.Abstractions;

namespace CryptoScreener.IntegrationTests.Calculator;

/// <summary>
/// All the history that a calculator can use is in the database: two days of minutes, and bars of the longer timeframes before them.
/// 40 instruments, or as many as SCREENER_HISTORY_INSTRUMENTS says (make full-history); the bench "restart" takes the time of 800.
/// </summary>
public sealed class FullHistoryTests(ServersFixture servers, ITestOutputHelper output) : IClassFixture<ServersFixture>
{
    private static readonly int Instruments = int.Parse(Environment.GetEnvironmentVariable("SCREENER_HISTORY_INSTRUMENTS") ?? "40", CultureInfo.InvariantCulture);
    private const int History = 2 * 1440;
    private const int Published = 9;

    /// <summary>The clock goes on while the test runs: what a start reads back from it must hold the whole history.</summary>
    private const int Ahead = 30;
    private static readonly CalculationPlan Plan = CalculationPlan.Create();
    private static readonly Timeframe[] Longer = [.. Plan.Timeframes.Where(timeframe => History / timeframe.Minutes < 2 * Plan.WarmUpBarsOf(timeframe))];

    [Fact]
    public async Task Calculators_that_start_again_and_again_give_every_value_as_if_one_had_never_stopped()
    {
        await using var nats = await LocalNats.StartAsync();
        await using var bus = await TestBus.StartAsync(nats);
        await using var frames = new PublishedFrames(bus);
        var database = await servers.CreateDatabaseAsync();
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() / Timeframe.MinuteMs * Timeframe.MinuteMs;
        var market = new Market(bus, Seeded.Random(output), Instruments, History + Published, now - ((History - Ahead) * Timeframe.MinuteMs));
        var expected = new NeverStopped(Plan, market, History);
        await StoreAsync(database, market, now, expected);

        for (var restart = 0; restart < Published; restart += 3)
        {
            await using var calculator = await RunningCalculator.StartAsync(nats, database, $"calculator-{restart}");
            await calculator.WarmAsync();
            for (var minute = restart; minute < restart + 3; minute++)
            {
                await market.PublishAsync(History + minute, History + minute);
                await Eventually.TrueAsync(() => frames.Count == (minute + 1) * Instruments, $"all frames through minute {minute} are in the stream");
            }
        }

        for (var minute = 0; minute < Published; minute++)
        {
            var all = expected.Next();
            for (var i = 0; i < Instruments; i++)
                AssertFrame(all[i], frames.Find(market.Instruments[i], market.Of(i, History + minute).OpenTime)!, minute, $"{market.Instruments[i]}, minute {minute}");
        }
    }

    private static async Task StoreAsync(string database, Market market, long now, NeverStopped expected)
    {
        await using var storage = new TestStorage(database);
        var ids = await storage.Get<InstrumentStore>().ResolveAsync(market.Instruments);
        for (var i = 0; i < Instruments; i++)
        {
            var rows = Enumerable.Range(0, History).Select(minute => new CandleRow(ids[i], Timeframe.OneMinute, market.Of(i, minute), CandleSource.Exchange)).ToList();
            foreach (var timeframe in Longer)
            {
                var bars = market.Bars(i, timeframe, timeframe.OpenOf(now), Plan.WarmUpBarsOf(timeframe) + 10);
                expected.Seed(i, timeframe, bars);
                rows.AddRange(bars.Select(bar => new CandleRow(ids[i], timeframe, bar, CandleSource.Backfill)));
            }

            await storage.Get<CandleWriter>().WriteAsync(rows.ToArray());
        }
    }

    /// <summary>Bit for bit, and complete: with all the history there is nothing that has no value, but ranks and comparisons of the first minute.</summary>
    private static void AssertFrame(double[] expected, double[] actual, int minute, string which)
    {
        for (var i = 0; i < expected.Length; i++)
        {
            var metric = Plan.Catalogue.Metrics[i];
            Assert.True(BitConverter.DoubleToInt64Bits(expected[i]) == BitConverter.DoubleToInt64Bits(actual[i]), $"{which}: {metric.Name} is {actual[i]:R}, not {expected[i]:R}");
            if (minute == 0 && i >= Plan.Universe.First && i < Plan.Universe.First + Plan.Universe.Count) continue;
            Assert.True(double.IsFinite(actual[i]), $"{which}: {metric.Name} is {actual[i]}");
        }
    }
}
