using System.Diagnostics.Metrics;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.Contracts.Instruments;
using CryptoScreener.DataCollector.Candles;
using CryptoScreener.DataCollector.Exchanges;
using CryptoScreener.DataCollector.Feeds;
using CryptoScreener.IntegrationTests.Collector.Exchanges;
using CryptoScreener.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace CryptoScreener.IntegrationTests.Collector.Feeds;

public sealed class RotationTests(SimulatedVenues venues) : IClassFixture<SimulatedVenues>, IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();

    [Theory]
    [InlineData("binance-futures")]
    [InlineData("okx-swap")]
    [InlineData("bybit-linear")]
    [InlineData("binance-spot")]
    public async Task A_socket_that_is_replaced_again_and_again_misses_no_closed_candle(string name)
    {
        var exchange = new ListeningExchange(venues.Adapter(name));
        var bitcoin = (await exchange.ListAsync(CancellationToken.None)).Single(i => i.BaseAsset == "BTC").Symbol;
        var meters = _services.GetRequiredService<IMeterFactory>();
        using var rotations = new MeteredSum(meters, "data_collector_websocket_rotations");
        var metrics = new FeedMetrics(meters);
        var connections = new FeedConnections(exchange, metrics, TimeProvider.System);
        using var stop = new CancellationTokenSource();
        var socket = new FeedSocket(Context(exchange, bitcoin, connections, metrics));
        var running = socket.RunAsync(stop.Token);

        await Eventually.TrueAsync(() => rotations.Value >= 4, "the socket was replaced four times");
        Assert.Equal((1, true), (connections.Expected, connections.Open >= 1));
        var heard = exchange.ClosedOf(bitcoin).ToList();
        await stop.CancelAsync();
        await running;

        Assert.True(heard.Count > 2, $"{heard.Count} candles closed meanwhile");
        Assert.Equal(Enumerable.Range(0, heard.Count).Select(i => heard[0] + (i * Timeframe.MinuteMs)), heard);
        Assert.Equal((0, 0), (connections.Expected, connections.Open));
    }

    public void Dispose() => _services.Dispose();

    /// <summary>Its one instrument has no history, so the lane publishes nothing and needs no bus; it must only take what comes.</summary>
    private FeedSocketContext Context(ListeningExchange exchange, string symbol, FeedConnections connections, FeedMetrics metrics)
    {
        FollowedInstrument[] instruments = [new(new InstrumentId(exchange.Name, symbol), databaseId: 1, partition: 0, epoch: 1)];
        var lane = new ExchangeLane(new ExchangeClock(TimeProvider.System), null!, null!, new CandleMetrics(_services.GetRequiredService<IMeterFactory>()), null!, TimeProvider.System, NullLogger<ExchangeLane>.Instance);
        return new FeedSocketContext(
            1, exchange, instruments, new SymbolLookup(instruments), lane, connections, SilenceLimit: TimeSpan.FromSeconds(15), RotateAfter: TimeSpan.FromSeconds(1.5),
            metrics, TimeProvider.System, NullLogger.Instance);
    }
}
