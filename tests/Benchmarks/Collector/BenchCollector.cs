using System.Diagnostics.Metrics;
using CryptoScreener.Contracts.Bus;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.Contracts.Instruments;
using CryptoScreener.DataCollector;
using CryptoScreener.DataCollector.Candles;
using CryptoScreener.DataCollector.Exchanges;
using CryptoScreener.DataCollector.Exchanges.Binance;
using CryptoScreener.DataCollector.Exchanges.Rest;
using CryptoScreener.DataCollector.Feeds;
using CryptoScreener.DataCollector.Gaps;
using CryptoScreener.Hosting.Health;
using CryptoScreener.Hosting.Telemetry;
using CryptoScreener.LocalServers;
using CryptoScreener.Messaging;
using CryptoScreener.Messaging.Connection;
using CryptoScreener.Messaging.Publishing;
using CryptoScreener.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace CryptoScreener.Benchmarks.Collector;

/// <summary>A collector's way of a candle: its sockets, its lane, its gates, its publishers. No database and no look-ups.</summary>
internal sealed class BenchCollector : IAsyncDisposable
{
    private readonly IHost _host;
    private readonly CancellationTokenSource _stop = new();
    private readonly MeterListener _listener;
    private readonly FeedSet _feeds;
    private readonly Task _lane;
    private long _received;

    private BenchCollector(IHost host, FrameServer server, int instruments, long lastMinute)
    {
        _host = host;
        var (time, meters) = (TimeProvider.System, host.Services.GetRequiredService<IMeterFactory>());
        _listener = Listen(meters);
        var (metrics, feedMetrics) = (new CandleMetrics(meters), new FeedMetrics(meters));
        var (stages, stored) = (new StageLatency(meters), host.Services.GetRequiredService<StoredPublisher>());
        var exchange = new BinanceExchange(BinanceMarket.Futures, new ExchangeOptions { StreamUrl = server.Address }, new HttpClient(), time);
        var connections = new FeedConnections(exchange, feedMetrics, time);
        var status = new FeedStatusReporter(exchange, new FeedPublisher(stored), connections, new RestHealth(time), new GapLedger(exchange.Name, new GapMetrics(meters), time), time);
        var publisher = new CandlePublisher(host.Services.GetRequiredService<CorePublisher>(), stored, metrics, stages, time);
        var lane = new ExchangeLane(new ExchangeClock(time), publisher, status, metrics, stages, time, NullLogger<ExchangeLane>.Instance);
        lane.Clock.Observe(lastMinute + Timeframe.MinuteMs); // which the exchange is asked for before anything of it is live
        _feeds = new FeedSet(exchange, lane, connections, new CollectorOptions(), feedMetrics, time, NullLogger<FeedSet>.Instance);
        _lane = lane.RunAsync(new HeartbeatRegistry(time).Watch("lane", TimeSpan.FromMinutes(5)), _stop.Token);
        Followed = [.. Enumerable.Range(0, instruments).Select(i => Follow(exchange.Name, BinanceFrames.Symbol(i), lastMinute))];
    }

    /// <summary>How many candles its lane has taken.</summary>
    public long Received => Volatile.Read(ref _received);

    private FollowedInstrument[] Followed { get; }

    public static async Task<BenchCollector> StartAsync(LocalNats nats, FrameServer server, int instruments, long lastMinute)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration[$"{MessagingOptions.Section}:{nameof(MessagingOptions.Url)}"] = nats.Url;
        builder.Services.AddMetrics().AddLogging();
        builder.Services.AddScreenerMessaging();
        var host = builder.Build();
        await host.StartAsync();
        await host.Services.GetRequiredService<Bus>().WhenReadyAsync(CancellationToken.None);
        var collector = new BenchCollector(host, server, instruments, lastMinute);
        await collector._feeds.FollowAsync(collector.Followed, collector._stop.Token);
        await Eventually.TrueAsync(() => server.Subscriptions == instruments, "every instrument is subscribed");
        return collector;
    }

    public Task ReceivedAsync(long count) => Eventually.TrueAsync(() => Received >= count, $"{count} candles have come");

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _feeds.CloseAsync();
        try
        {
            await _lane;
        }
        catch (OperationCanceledException)
        {
            // stopped
        }

        _listener.Dispose();
        await _host.StopAsync();
        _host.Dispose();
        _stop.Dispose();
    }

    private static FollowedInstrument Follow(string exchange, string symbol, long lastMinute)
    {
        var id = new InstrumentId(exchange, symbol);
        var followed = new FollowedInstrument(id, databaseId: 1, Partitioning.Of(id, Partitioning.DefaultCount), epoch: 1);
        followed.Gate.StartAfter(Candle.Flat(lastMinute, 91_000));
        return followed;
    }

    private MeterListener Listen(IMeterFactory meters)
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Name == "data_collector_candles_received" && instrument.Meter.Scope == meters) self.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((_, count, _, _) => Interlocked.Add(ref _received, count));
        listener.Start();
        return listener;
    }
}
