using CryptoScreener.Contracts.Feed;
using CryptoScreener.IntegrationTests.Storage;
using CryptoScreener.LocalServers;
using CryptoScreener.Storage.Gaps;
using CryptoScreener.Storage.Instruments;
using CryptoScreener.Testing;

namespace CryptoScreener.IntegrationTests.Collector.Running;

/// <summary>What a collector needs around it: a simulated exchange, a bus with somebody who reads it, and a database.</summary>
internal sealed class CollectorWorld : IAsyncDisposable
{
    private readonly LocalNats _nats;

    private CollectorWorld(SimulatedExchange exchange, LocalNats nats, TestStorage storage, BusFollower bus) =>
        (Exchange, _nats, Storage, Bus) = (exchange, nats, storage, bus);

    internal SimulatedExchange Exchange { get; }

    internal TestStorage Storage { get; }

    internal BusFollower Bus { get; }

    internal static async Task<CollectorWorld> StartAsync(ServersFixture servers, string exchange, params string[] simulator)
    {
        var nats = await LocalNats.StartAsync();
        return new CollectorWorld(
            await SimulatedExchange.StartAsync(exchange, simulator), nats, await TestStorage.CreateAsync(servers), await BusFollower.StartAsync(nats));
    }

    internal Task<RunningCollector> CollectAsync(params string[] settings) =>
        RunningCollector.StartAsync(Exchange, _nats.Url, Storage.ConnectionString, settings);

    internal async Task<IReadOnlyList<InstrumentRow>> InstrumentsAsync() => await Storage.Get<InstrumentStore>().ListAsync();

    internal async Task<InstrumentStatus> StatusAsync(string symbol) => (await InstrumentsAsync()).Single(i => i.Instrument.Symbol == symbol).Status;

    /// <summary>Returns when so many instruments have closed some candles each.</summary>
    internal Task CandlesCloseAsync(int instruments) => Eventually.TrueAsync(
        () => Bus.Symbols.Count == instruments && Bus.Symbols.All(symbol => Bus.ClosedOf(symbol).Count > 2), "they close candles");

    /// <summary>On a machine with no time to spare a minute may be missing for a moment, and is repaired.</summary>
    internal Task NoGapStaysOpenAsync() => Eventually.TrueAsync(
        async () => (await Storage.Get<GapStore>().ListAsync(null, GapState.Found, 0, long.MaxValue / 2, 10)).Count == 0, "no gap is open");

    public async ValueTask DisposeAsync()
    {
        await Bus.DisposeAsync();
        await Storage.DisposeAsync();
        await _nats.DisposeAsync();
        await Exchange.DisposeAsync();
    }
}
