using CryptoScreener.Contracts.Bus;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.IntegrationTests.Messaging;
using CryptoScreener.IntegrationTests.Storage;
using CryptoScreener.LocalServers;
using CryptoScreener.MetricsCalculator.Lanes;
using CryptoScreener.MetricsCalculator.WarmUp;
using CryptoScreener.Testing;
using Xunit.Abstractions;

namespace CryptoScreener.IntegrationTests.Calculator;

public sealed class AnchorTests(ServersFixture servers, ITestOutputHelper output) : IClassFixture<ServersFixture>
{
    private const int Rebuilt = 10;
    private const int Hole = 190; // in an hour that is not over, so that the bars of hours are whole
    private const int Newest = 199;
    private static readonly Timeframe Hour = new(60);

    [Fact]
    public async Task A_stored_state_that_lacks_a_minute_is_fed_anew_from_the_bars_it_stood_on()
    {
        await using var nats = await LocalNats.StartAsync();
        await using var bus = await TestBus.StartAsync(nats);
        await using var frames = new PublishedFrames(bus);
        await using var storage = new TestStorage(await servers.CreateDatabaseAsync());
        var random = Seeded.Random(output);
        var midnight = Timeframe.OneDay.OpenOf(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()) - Timeframe.OneDay.Milliseconds;
        var market = new Market(bus, random, instruments: 1, Newest + 2, midnight);
        var bitcoin = market.Instruments[0];
        var partition = Partitioning.Of(bitcoin, RunningCalculator.Partitions);
        await Backfills.StoreAsync(storage, bitcoin, Hour, new Market(bus, random, instruments: 1, minutes: 500).Bars(0, Hour, before: midnight));
        long? stoodOn;
        await using (var first = await RunningCalculator.StartAsync(nats, storage.ConnectionString, "first"))
        {
            await first.WarmAsync();
            await market.PublishAsync(0, Rebuilt);
            await StoredAsync(Rebuilt + 1);
            Assert.True(await RebuildAsync(first) > Rebuilt + 1); // from bars of earlier hours than a cold start reads three hours later
            await market.PublishAsync(Rebuilt + 1, Hole - 1);
            await market.PublishAsync(Hole + 1, Newest);
            await StoredAsync(Newest);
            stoodOn = await AnchorAsync(first);
            Assert.NotNull(stoodOn);
        }

        await Backfills.StoreAsync(storage, bitcoin, Timeframe.OneMinute, [market.Of(0, Hole)]);
        await using var second = await RunningCalculator.StartAsync(nats, storage.ConnectionString, "second");
        await market.PublishAsync(Newest + 1, Newest + 1);
        await Eventually.TrueAsync(() => frames.Count == Newest + 1, "the partition is warm");
        Assert.Equal(stoodOn, await AnchorAsync(second));

        async Task StoredAsync(int minutes)
        {
            await Eventually.TrueAsync(() => frames.Count == minutes, $"{minutes} frames are in the stream");
            await Eventually.TrueAsync(
                () => storage.ScalarAsync<bool>($"SELECT (SELECT count(*) FROM candles_minute) = {minutes} AND count(DISTINCT sequence) = 1 FROM checkpoints WHERE partition = {partition} AND reader IN ('candles', 'frames')"),
                "candles and the position of their frames are in the database");
        }

        async Task<int> RebuildAsync(RunningCalculator calculator) =>
            (await calculator.Get<History>().TryRebuildAsync(bitcoin, TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds(), CancellationToken.None))!.Value;

        async Task<long?> AnchorAsync(RunningCalculator calculator)
        {
            var anchors = await calculator.Get<LaneSet>().Of(partition).AnchorsAsync(partition, bitcoin, CancellationToken.None);
            return anchors is not null && anchors.TryGetValue(Hour, out var bar) ? bar : null;
        }
    }
}
