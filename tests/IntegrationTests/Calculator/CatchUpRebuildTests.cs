using CryptoScreener.Contracts.Bus;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.Contracts.Instruments;
using CryptoScreener.IntegrationTests.Storage;
using CryptoScreener.LocalServers;
using CryptoScreener.MetricsCalculator.Lanes;
using CryptoScreener.MetricsCalculator.WarmUp;
using CryptoScreener.Testing;

namespace CryptoScreener.IntegrationTests.Calculator;

public sealed class CatchUpRebuildTests(ServersFixture servers) : IClassFixture<ServersFixture>
{
    private const int Reach = (24 * 60) + 5; // of bars of five minutes at most
    private const int Known = Reach + 100;
    private const int Stored = Known + 300;

    [Fact]
    public async Task A_rebuild_reaches_as_far_back_while_persistence_is_hours_ahead_of_the_lane()
    {
        await using var nats = await LocalNats.StartAsync();
        await using var storage = new TestStorage(await servers.CreateDatabaseAsync());
        await using var calculator = await RunningCalculator.StartAsync(nats, storage.ConnectionString, "only", ("Calculator:Timeframes:0", "1m"), ("Calculator:Timeframes:1", "5m"));
        await calculator.WarmAsync();
        var bitcoin = new InstrumentId(Market.Exchange, "BTCUSDT");
        var partition = Partitioning.Of(bitcoin, RunningCalculator.Partitions);
        var lane = calculator.Get<LaneSet>().Of(partition);
        await Eventually.TrueAsync(async () => await lane.AnchorsAsync(partition, bitcoin, CancellationToken.None) is not null, "its partition is ours");
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        var candles = Enumerable.Range(0, Stored + 1)
            .Select(minute => Candle.Flat(Timeframe.OneMinute.OpenOf(now) + ((minute - Stored - 1) * Timeframe.MinuteMs), 5)).ToArray();
        await Backfills.StoreAsync(storage, bitcoin, Timeframe.OneMinute, candles);
        var reached = new CandleUpdate(bitcoin, candles[Known], true, CandleSource.Exchange, 0, 0, 1);
        await lane.PutAsync(new LaneItem(LaneItemKind.History, partition, reached), CancellationToken.None);

        await calculator.Get<History>().TryRebuildAsync(bitcoin, now, CancellationToken.None);

        Assert.Equal(candles[Known].OpenTime, (await lane.NewestAsync(partition, bitcoin, CancellationToken.None)).Known);
        Assert.Equal(candles[Known - Reach].OpenTime, (await lane.AnchorsAsync(partition, bitcoin, CancellationToken.None))![Timeframe.OneMinute]);
    }
}
