using CryptoScreener.Contracts.Candles;
using CryptoScreener.Contracts.Instruments;
using CryptoScreener.IntegrationTests.Storage;
using CryptoScreener.LocalServers;
using CryptoScreener.MetricsCalculator.Lanes;
using CryptoScreener.Storage.Ownership;
using CryptoScreener.Testing;

namespace CryptoScreener.IntegrationTests.Calculator;

public sealed class SilentInstrumentTests(ServersFixture servers) : IClassFixture<ServersFixture>
{
    private const int Partition = 9; // none of those the worker itself takes
    private const long Start = 1_760_054_400_000;

    [Fact]
    public async Task The_state_of_an_instrument_that_trades_no_more_is_dropped_and_removed()
    {
        await using var nats = await LocalNats.StartAsync();
        await using var storage = await TestStorage.CreateAsync(servers);
        await using var calculator = await RunningCalculator.StartAsync(nats, storage.ConnectionString, "only");
        var lane = calculator.Get<LaneSet>().Of(Partition);
        await lane.OwnAsync(Partition, epoch: 1, CancellationToken.None);
        await CloseAsync("GONEUSDT", Start);
        await CloseAsync("QUIETUSDT", Start + Timeframe.OneDay.Milliseconds);
        Assert.Equal(["test:GONEUSDT", "test:QUIETUSDT"], await StoreAsync());
        await storage.ExecuteAsync("UPDATE snapshots SET taken_at = taken_at - interval '2 days'");

        await CloseAsync("LIVEUSDT", Start + (2 * Timeframe.OneDay.Milliseconds) + Timeframe.MinuteMs);
        Assert.Equal(["test:LIVEUSDT", "test:QUIETUSDT"], await StoreAsync());
        Assert.Equal(2, (await lane.InstrumentsAsync(Partition, CancellationToken.None)).Length);

        async Task CloseAsync(string symbol, long minute) => await lane.PutAsync(
            new LaneItem(LaneItemKind.History, Partition, new CandleUpdate(new InstrumentId("test", symbol), Candle.Flat(minute, 5), true, CandleSource.Exchange, 0, 0, 1)),
            CancellationToken.None);

        async Task<string[]> StoreAsync()
        {
            var checkpoints = storage.Get<CheckpointStore>();
            var lease = new PartitionLease("test", Partition, 1);
            await checkpoints.AdoptAsync("test", lease);
            var states = await calculator.Get<StateStore>().TakeAsync(Partition, 1, CancellationToken.None);
            await checkpoints.CommitAsync("test", lease, default, (transaction, stop) => StateStore.SaveAsync(transaction, Partition, states, stop));
            return await storage.ScalarAsync<string[]>("SELECT array_agg(name ORDER BY name) FROM snapshots WHERE kind = 'calculator-state'");
        }
    }
}
