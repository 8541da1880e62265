using CryptoScreener.Calculation;
using CryptoScreener.IntegrationTests.Messaging;
using CryptoScreener.IntegrationTests.Storage;
using CryptoScreener.LocalServers;
using CryptoScreener.Testing;
using Xunit.Abstractions;

namespace CryptoScreener.IntegrationTests.Calculator;

/// <summary>Correlation looks back over bars of which the benchmark's own come into the database while everybody calculates.</summary>
public sealed class BenchmarkHistoryTests(ServersFixture servers, ITestOutputHelper output) : IClassFixture<ServersFixture>
{
    private const int Instruments = 2;
    private const int History = 330; // more bars of five minutes than correlation looks at
    private const int Most = 400;
    private static readonly CalculationPlan Plan = CalculationPlan.Create();
    private static readonly int Correlation = Plan.Catalogue.ColumnOf("correlation(60,5m)");

    [Fact]
    public async Task What_is_backfilled_behind_the_benchmark_is_compared_with()
    {
        await using var nats = await LocalNats.StartAsync();
        await using var bus = await TestBus.StartAsync(nats);
        await using var frames = new PublishedFrames(bus);
        await using var storage = new TestStorage(await servers.CreateDatabaseAsync());
        var market = new Market(bus, Seeded.Random(output), Instruments, Most);
        await using var calculator = await RunningCalculator.StartAsync(nats, storage.ConnectionString, "only");
        await calculator.WarmAsync();
        await PublishedAsync(History, History + 4);
        Assert.True(double.IsNaN(CorrelationAt(History + 4)));

        for (var i = Instruments - 1; i >= 0; i--) // the benchmark comes last: nothing else is asked for behind it
            await Backfills.BackfillAsync(bus, storage, market.Instruments[i], [.. Enumerable.Range(0, History).Select(m => market.Of(i, m))]);
        var minute = History + 5;
        for (; double.IsNaN(CorrelationAt(minute - 1)); minute++)
        {
            Assert.True(minute < Most - 5, "the benchmark's history was not looked at");
            await PublishedAsync(minute, minute);
        }

        await PublishedAsync(minute, minute + 4);
        var expected = new NeverStopped(Plan, market, History);
        for (var m = History; m < minute + 5; m++)
        {
            var truth = expected.Next()[1][Correlation];
            if (m >= minute - 1) Assert.Equal(truth, CorrelationAt(m));
        }

        double CorrelationAt(int at) => frames.Find(market.Instruments[1], market.Of(1, at).OpenTime)![Correlation];

        async Task PublishedAsync(int from, int through)
        {
            await market.PublishAsync(from, through);
            await Eventually.TrueAsync(() => frames.Count >= (through - History + 1) * Instruments, $"all frames through minute {through} are in the stream");
        }
    }
}
