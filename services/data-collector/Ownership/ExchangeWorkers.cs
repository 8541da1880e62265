using CryptoScreener.DataCollector.Backfill;
using CryptoScreener.DataCollector.Candles;
using CryptoScreener.DataCollector.Exchanges;
using CryptoScreener.DataCollector.Exchanges.Binance;
using CryptoScreener.DataCollector.Exchanges.Bybit;
using CryptoScreener.DataCollector.Exchanges.Okx;
using CryptoScreener.DataCollector.Feeds;
using CryptoScreener.Hosting.Health;
using CryptoScreener.Hosting.Telemetry;
using CryptoScreener.Messaging.Connection;
using CryptoScreener.Messaging.Publishing;
using CryptoScreener.Storage.Connections;
using CryptoScreener.Storage.Instruments;
using Microsoft.Extensions.Options;

namespace CryptoScreener.DataCollector.Ownership;

/// <summary>Builds what each enabled exchange needs. A new exchange is one folder and one line here.</summary>
internal sealed class ExchangeWorkers
{
    private static readonly IReadOnlyDictionary<string, Func<ExchangeOptions, HttpClient, TimeProvider, IExchange>> Known =
        new Dictionary<string, Func<ExchangeOptions, HttpClient, TimeProvider, IExchange>>(StringComparer.Ordinal)
        {
            [BinanceMarket.Futures.Name] = (options, http, time) => new BinanceExchange(BinanceMarket.Futures, options, http, time),
            [BinanceMarket.Spot.Name] = (options, http, time) => new BinanceExchange(BinanceMarket.Spot, options, http, time),
            [BybitLinear.ExchangeName] = (options, http, time) => new BybitLinear(options, http, time),
            [OkxSwap.ExchangeName] = (options, http, time) => new OkxSwap(options, http, time),
        };

    public ExchangeWorkers(IServiceProvider services, IOptions<CollectorOptions> options) =>
        All = [.. options.Value.Exchanges.Where(e => e.Value.Enabled).Select(e => Create(services, options.Value, e.Key, e.Value))];

    public static IEnumerable<string> KnownNames => Known.Keys;

    public IReadOnlyList<ExchangeWorker> All { get; }

    private static ExchangeWorker Create(IServiceProvider services, CollectorOptions options, string name, ExchangeOptions exchangeOptions)
    {
        var time = Get<TimeProvider>();
        var metrics = Get<CollectorMetrics>();
        var feed = Get<FeedPublisher>();
        var loggers = Get<ILoggerFactory>();
        var exchange = Known[name](exchangeOptions, Get<IHttpClientFactory>().CreateClient(name), time);
        var publisher = new CandlePublisher(Get<CorePublisher>(), Get<StoredPublisher>(), metrics, Get<StageLatency>(), time);
        var status = new FeedStatusReporter(exchange, feed, time);
        metrics.Begin(name);
        metrics.WatchStaleness(name, () => status.Silence.TotalSeconds);
        var lane = new ExchangeLane(new ExchangeClock(time), publisher, status, metrics, Get<StageLatency>(), time, loggers.CreateLogger<ExchangeLane>());
        var filler = new HoleFiller(exchange, lane, time, loggers.CreateLogger<HoleFiller>());
        var gaps = new GapLedger(exchange, lane, feed, metrics, time, loggers.CreateLogger<GapLedger>());
        return new ExchangeWorker(
            exchange,
            options,
            lane,
            new FeedSet(exchange, lane, metrics, time, loggers.CreateLogger<FeedSet>()),
            status,
            filler,
            new SuccessorAudit(exchange, lane, time, loggers.CreateLogger<SuccessorAudit>()),
            gaps,
            new MinuteKeeper(name, options, lane, filler, gaps, Get<MarkPublisher>(), time, loggers.CreateLogger<MinuteKeeper>()),
            Get<StartHistory>(),
            Get<InstrumentStore>(),
            Get<WhenAvailable>(),
            Get<Bus>().Partitions,
            Get<HeartbeatRegistry>(),
            time,
            loggers.CreateLogger<ExchangeWorker>());

        T Get<T>()
            where T : notnull => services.GetRequiredService<T>();
    }
}
