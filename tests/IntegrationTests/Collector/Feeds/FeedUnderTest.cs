using System.Diagnostics.Metrics;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.Contracts.Instruments;
using CryptoScreener.DataCollector;
using CryptoScreener.DataCollector.Candles;
using CryptoScreener.DataCollector.Exchanges.Rest;
using CryptoScreener.DataCollector.Feeds;
using CryptoScreener.DataCollector.Gaps;
using CryptoScreener.Hosting.Health;
using CryptoScreener.Hosting.Telemetry;
using CryptoScreener.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace CryptoScreener.IntegrationTests.Collector.Feeds;

/// <summary>The sockets of a scripted exchange and the lane behind them, on a clock that a test moves. Nothing has history, so nothing is published.</summary>
internal sealed class FeedUnderTest : IAsyncDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;

    internal FeedUnderTest(ScriptedExchange exchange, CollectorOptions? options = null)
    {
        var meters = _services.GetRequiredService<IMeterFactory>();
        var metrics = new FeedMetrics(meters);
        Connections = new FeedConnections(exchange, metrics, Time);
        Status = new FeedStatusReporter(exchange, null!, Connections, new RestHealth(Time), new GapLedger(exchange.Name, new GapMetrics(meters), Time), Time);
        Lane = new ExchangeLane(
            new ExchangeClock(Time), null!, Status, new CandleMetrics(meters), new StageLatency(meters), Time, NullLogger<ExchangeLane>.Instance);
        Set = new FeedSet(exchange, Lane, Connections, options ?? new CollectorOptions { SilenceLimitMs = 600_000 }, metrics, Time, NullLogger<FeedSet>.Instance);
        _running = Lane.RunAsync(new HeartbeatRegistry(Time).Watch("lane", TimeSpan.FromMinutes(1)), _stop.Token);
    }

    internal ManualTime Time { get; } = new();

    internal FeedConnections Connections { get; }

    internal FeedStatusReporter Status { get; }

    internal ExchangeLane Lane { get; }

    internal FeedSet Set { get; }

    internal static FollowedInstrument Instrument(string symbol) =>
        new(new InstrumentId("binance-futures", symbol), databaseId: 1, partition: 0, epoch: 1);

    /// <summary>Follows instruments whose gates have seen this minute: what sockets tell of earlier ones is old.</summary>
    internal async Task<FollowedInstrument[]> FollowAsync(long minute, params string[] symbols)
    {
        FollowedInstrument[] instruments = [.. symbols.Select(Instrument)];
        await Lane.AskAsync(
            () =>
            {
                Lane.Clock.Observe(minute);
                foreach (var instrument in instruments) instrument.Gate.StartAfter(new Candle(minute, 1, 1, 1, 1, 1, 1));
                return true;
            },
            CancellationToken.None);
        await Set.FollowAsync(instruments, CancellationToken.None);
        return instruments;
    }

    internal Task<bool> IsInterruptedAsync(FollowedInstrument instrument) =>
        Lane.AskAsync(() => instrument.Gate.IsInterrupted, CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await Set.CloseAsync();
        await _stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _running);
        _services.Dispose();
        _stop.Dispose();
    }
}
