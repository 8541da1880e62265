using CryptoScreener.Calculation;
using CryptoScreener.Contracts.Bus;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.Contracts.Instruments;
using CryptoScreener.IntegrationTests.Messaging;
using CryptoScreener.IntegrationTests.Storage;
using CryptoScreener.LocalServers;
using CryptoScreener.MetricsCalculator.Lanes;
using CryptoScreener.MetricsCalculator.Planning;
using CryptoScreener.MetricsCalculator.WarmUp;
using CryptoScreener.Storage.Candles;
using CryptoScreener.Storage.Catalogues;
using CryptoScreener.Storage.Instruments;
using CryptoScreener.Storage.Metrics;
using CryptoScreener.Testing;
using Xunit.Abstractions;

namespace CryptoScreener.IntegrationTests.Calculator;

public sealed class DemandTests(ServersFixture servers, ITestOutputHelper output) : IClassFixture<ServersFixture>
{
    private const int Instruments = 5;
    private const int Most = 160;

    [Fact]
    public async Task A_demanded_metric_joins_the_frames_of_every_calculator_warm_and_ranks_go_on()
    {
        await using var nats = await LocalNats.StartAsync();
        await using var bus = await TestBus.StartAsync(nats);
        await using var frames = new PublishedFrames(bus);
        var database = await servers.CreateDatabaseAsync();
        await using var storage = new TestStorage(database);
        var market = new Market(bus, Seeded.Random(output), Instruments, Most);
        Assert.True(MetricDemand.TryParse("rsi(7,5m)", out var demand, out _));
        var plan = CalculationPlan.Create(Timeframe.Default, [demand!]);

        await using var first = await RunningCalculator.StartAsync(nats, database, "first", ("Calculator:DemandSeconds", "1"));
        await first.WarmAsync();
        await PublishedAsync(0, 99);
        Assert.Equal(CalculationPlan.Create().Catalogue.Count, FrameOf(0, 99)!.Length);
        await storage.Get<DemandStore>().NoteAsync(["rsi(7,5m)", "nonsense(3,1h)", "rsi(14,2h)"], []);

        var minute = 100;
        for (; Enumerable.Range(0, Instruments).Any(i => FrameOf(i, minute - 1)!.Length != plan.Catalogue.Count); minute++)
        {
            Assert.True(minute < Most - 20, "the demanded metric did not come");
            await PublishedAsync(minute, minute);
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, CancellationToken.None);
        }

        await using (await RunningCalculator.StartAsync(nats, database, "second")) await PublishedAsync(minute, minute + 9);

        var expected = new NeverStopped(plan, market);
        for (var m = 0; m < minute + 10; m++)
        {
            var all = expected.Next();
            for (var i = 0; i < Instruments; i++) Assert.Equal(all[i][..FrameOf(i, m)!.Length], FrameOf(i, m));
        }

        Assert.False(double.IsNaN(FrameOf(0, minute + 9)![plan.Catalogue.ColumnOf("rsi(7,5m)")]));
        Assert.NotNull(await storage.Get<CatalogueStore>().FindAsync(plan.Catalogue.Hash));

        double[]? FrameOf(int instrument, int at) => frames.Find(market.Instruments[instrument], market.Of(instrument, at).OpenTime);

        async Task PublishedAsync(int from, int through)
        {
            await market.PublishAsync(from, through);
            await Eventually.TrueAsync(() => frames.Count >= (through + 1) * Instruments, $"all frames through minute {through} are in the stream");
        }
    }

    [Fact]
    public async Task What_cannot_be_calculated_is_objected_to_again_whenever_it_is_asked_for()
    {
        await using var nats = await LocalNats.StartAsync();
        await using var storage = new TestStorage(await servers.CreateDatabaseAsync());
        var demands = storage.Get<DemandStore>();
        await demands.NoteAsync(["change(2d)", "rank_change(2h)", "rsi(14,2h)", "rsi(7,1h)"], []);
        await using var calculator = await RunningCalculator.StartAsync(nats, storage.ConnectionString, "only", ("Calculator:DemandSeconds", "1"));
        await ObjectedAsync();
        await storage.ExecuteAsync("UPDATE metric_demands SET objection = NULL"); // as when they made way and came back between two looks
        await ObjectedAsync();

        var found = await demands.ListAsync();
        Assert.Equal(["change(2d)", "rank_change(2h)", "rsi(14,2h)", "rsi(7,1h)"], found.Select(demand => demand.Name));
        Assert.Contains("longer than the history", found[0].Objection, StringComparison.Ordinal);
        Assert.Contains("no metric called 'rank_change' but those of the catalogue", found[1].Objection, StringComparison.Ordinal);
        Assert.Contains("no bars of 2h", found[2].Objection, StringComparison.Ordinal);
        Assert.Null(found[3].Objection);

        Task ObjectedAsync() => Eventually.TrueAsync(async () => (await demands.ListAsync()).Count(demand => demand.Objection is not null) == 3, "three are objected to");
    }

    [Fact]
    public async Task Indicators_of_long_timeframes_are_warm_from_stored_bars()
    {
        await using var nats = await LocalNats.StartAsync();
        await using var bus = await TestBus.StartAsync(nats);
        await using var frames = new PublishedFrames(bus);
        await using var storage = new TestStorage(await servers.CreateDatabaseAsync());
        var random = Seeded.Random(output);
        var midnight = Timeframe.OneDay.OpenOf(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()); // what is stored is looked for behind now
        var market = new Market(bus, random, instruments: 1, minutes: 70, midnight);
        var hour = new Timeframe(60);
        var bars = new Market(bus, random, instruments: 1, minutes: 250).Bars(0, hour, before: midnight);
        var id = (await storage.Get<InstrumentStore>().ResolveAsync(market.Instruments))[0];
        await storage.Get<CandleWriter>().WriteAsync(bars.Select(bar => new CandleRow(id, hour, bar, CandleSource.Backfill)).ToArray());

        await using (var calculator = await RunningCalculator.StartAsync(nats, storage.ConnectionString, "only"))
        {
            await calculator.WarmAsync();
            await market.PublishAsync(0, 69);
            await Eventually.TrueAsync(() => frames.Count == 70, "all frames are in the stream");
        }

        var plan = CalculationPlan.Create();
        var expected = new InstrumentState(plan);
        expected.SeedBars(hour, bars);
        var values = new double[plan.Catalogue.Count];
        for (var minute = 0; minute < 70; minute++)
        {
            expected.Commit(market.Of(0, minute), CandleSource.Exchange);
            expected.WriteClosedFrame(values);
            Assert.Equal(values[..plan.Universe.First], frames.Find(market.Instruments[0], market.Of(0, minute).OpenTime)![..plan.Universe.First]);
        }

        Assert.False(double.IsNaN(values[plan.Catalogue.ColumnOf("sma(200,1h)")]));
    }

    [Fact]
    public async Task An_instrument_without_stored_minutes_is_tried_again_while_it_is_of_a_former_plan()
    {
        await using var nats = await LocalNats.StartAsync();
        await using var storage = new TestStorage(await servers.CreateDatabaseAsync());
        await using var calculator = await RunningCalculator.StartAsync(nats, storage.ConnectionString, "only");
        await calculator.WarmAsync();
        var newcomer = new InstrumentId(Market.Exchange, "NEWUSDT");
        var partition = Partitioning.Of(newcomer, RunningCalculator.Partitions);
        var lane = calculator.Get<LaneSet>().Of(partition);
        await Eventually.TrueAsync(async () => await lane.AnchorsAsync(partition, newcomer, CancellationToken.None) is not null, "its partition is ours");
        var forming = new CandleUpdate(newcomer, Candle.Flat(Timeframe.OneDay.Milliseconds, 5), false, CandleSource.Forming, 0, 0, 1);
        await lane.PutAsync(new LaneItem(LaneItemKind.Live, partition, forming), CancellationToken.None);
        var history = calculator.Get<History>();
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        Assert.Equal(0, await history.TryRebuildAsync(newcomer, now, CancellationToken.None));

        var plans = calculator.Get<PlanBook>();
        plans.Become(plans.With(["rsi(7,1h)"], (name, objection) => Assert.Fail($"{name}: {objection}")));

        Assert.Null(await history.TryRebuildAsync(newcomer, now, CancellationToken.None));
    }
}
