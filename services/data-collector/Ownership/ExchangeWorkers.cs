using CryptoScreener.DataCollector.Backfill;
using CryptoScreener.DataCollector.Candles;
using CryptoScreener.DataCollector.Exchanges;
using CryptoScreener.DataCollector.Exchanges.Binance;
using CryptoScreener.DataCollector.Exchanges.Bybit;
using CryptoScreener.DataCollector.Exchanges.Limits;
using CryptoScreener.DataCollector.Exchanges.Okx;
using CryptoScreener.DataCollector.Exchanges.Rest;
using CryptoScreener.DataCollector.Feeds;
using CryptoScreener.DataCollector.Gaps;
using CryptoScreener.Hosting.Health;
using CryptoScreener.Hosting.Telemetry;
using CryptoScreener.Messaging.Connection;
using CryptoScreener.Messaging.Publishing;
using CryptoScreener.Storage.Candles;
using CryptoScreener.Storage.Connections;
using CryptoScreener.Storage.Instruments;
using CryptoScreener.Storage.Redis;
using Microsoft.Extensions.Options;

namespace CryptoScreener.DataCollector.Ownership;

/// <summary>Builds what each enabled exchange needs. A new exchange is one folder and one line here.</summary>
internal sealed class ExchangeWorkers
{
    private static readonly IReadOnlyDictionary<string, Func<ExchangeOptions, HttpClient, TimeProvider, SharedWeight, IExchange>> Known =
        new Dictionary<string, Func<ExchangeOptions, HttpClient, TimeProvider, SharedWeight, IExchange>>(StringComparer.Ordinal)
        {
            [BinanceMarket.Futures.Name] = (options, http, time, shared) => new BinanceExchange(BinanceMarket.Futures, options, http, time, shared),
            [BinanceMarket.Spot.Name] = (options, http, time, shared) => new BinanceExchange(BinanceMarket.Spot, options, http, time, shared),
            [BybitLinear.ExchangeName] = (options, http, time, shared) => new BybitLinear(options, http, time, shared),
            [OkxSwap.ExchangeName] = (options, http, time, shared) => new OkxSwap(options, http, time, shared),
        };

    private readonly List<HistoryProgress> _history = [];

    public ExchangeWorkers(IServiceProvider services, IOptions<CollectorOptions> options) =>
        All = [.. options.Value.Exchanges.Where(e => e.Value.Enabled).Select(e => Create(services, options.Value, e.Key, e.Value, _history))];

    public static IEnumerable<string> KnownNames => Known.Keys;

    public IReadOnlyList<ExchangeWorker> All { get; }

    /// <summary>How far the long history of each exchange is.</summary>
    public IReadOnlyList<HistoryStatus> History => [.. _history.Select(h => h.Now)];

    private static ExchangeWorker Create(
        IServiceProvider services, CollectorOptions options, string name, ExchangeOptions exchangeOptions, List<HistoryProgress> histories)
    {
        var time = Get<TimeProvider>();
        var feed = Get<FeedPublisher>();
        var loggers = Get<ILoggerFactory>();
        var rest = new RestHealth(time);
        var exchange = Known[name](exchangeOptions, CreateClient(rest, time), time, new SharedWeight(Get<RedisState>(), name));
        var publisher = new CandlePublisher(Get<CorePublisher>(), Get<StoredPublisher>(), Get<CandleMetrics>(), Get<StageLatency>(), time);
        var connections = new FeedConnections(exchange, Get<FeedMetrics>(), time);
        var ledger = new GapLedger(name, Get<GapMetrics>(), time);
        var status = new FeedStatusReporter(exchange, feed, connections, rest, ledger, time);
        var progress = new HistoryProgress(name, time);
        histories.Add(progress);
        Get<CandleMetrics>().Begin(name);
        Get<GapMetrics>().Begin(name);
        Get<RestMetrics>().Watch(name, () => rest.Circuit.State);
        Get<HistoryMetrics>().Watch(name, () => progress.BarsLeft);
        var lane = new ExchangeLane(new ExchangeClock(time), publisher, status, Get<CandleMetrics>(), Get<StageLatency>(), time, loggers.CreateLogger<ExchangeLane>());
        Get<FeedMetrics>().Begin(name, () => status.Silence.TotalSeconds, () => lane.Clock.Ahead / 1_000.0);
        var filler = new HoleFiller(exchange, lane, time, loggers.CreateLogger<HoleFiller>());
        var repair = new GapRepair(
            exchange, lane, ledger, Get<GapRecords>(), Get<CandleArchive>(), Get<CandleReader>(), Get<WhenAvailable>(), time, loggers.CreateLogger<GapRepair>());
        var feeds = new FeedSet(exchange, lane, connections, options, Get<FeedMetrics>(), time, loggers.CreateLogger<FeedSet>());
        var minutes = new MinuteKeeper(name, options, lane, filler, ledger, Get<MarkPublisher>(), time, loggers.CreateLogger<MinuteKeeper>());
        var longHistory = new LongHistory(
            exchange, Get<CandleReader>(), Get<CandleArchive>(), Get<WhenAvailable>(), options, progress, Get<HistoryMetrics>(), time, loggers.CreateLogger<LongHistory>());
        var registry = new InstrumentRegistry(Get<InstrumentStore>(), feed, Get<WhenAvailable>(), Get<Bus>().Partitions, time);
        var bars = new BarAuditor(
            exchange, lane, Get<CandleReader>(), Get<CandleArchive>(), Get<WhenAvailable>(), options, Get<AuditMetrics>(), loggers.CreateLogger<BarAuditor>());
        var list = new InstrumentList(exchange, options, time, loggers.CreateLogger<InstrumentList>());
        return new ExchangeWorker(
            exchange,
            lane,
            list,
            registry,
            feeds,
            new StallWatchdog(exchange, feeds, lane, feed, options, Get<FeedMetrics>(), time, loggers.CreateLogger<StallWatchdog>()),
            status,
            filler,
            new SuccessorAudit(exchange, lane, Get<AuditMetrics>(), time, loggers.CreateLogger<SuccessorAudit>()),
            repair,
            new CoverageAuditor(
                exchange, lane, ledger, Get<CandleReader>(), Get<CandleArchive>(), bars, Get<WhenAvailable>(), options, Get<AuditMetrics>(), time, loggers.CreateLogger<CoverageAuditor>()),
            new FormingLookUp(exchange, lane, feeds, time, loggers.CreateLogger<FormingLookUp>()),
            minutes,
            longHistory,
            new GoingLive(exchange, lane, minutes, Get<StartHistory>(), longHistory, repair, time, loggers.CreateLogger<GoingLive>()),
            new Delistings(exchange, list, lane, registry, Get<EndedHistory>(), repair, ledger, time, loggers.CreateLogger<Delistings>()),
            Get<HeartbeatRegistry>(),
            time,
            loggers.CreateLogger<ExchangeWorker>());

        T Get<T>()
            where T : notnull => services.GetRequiredService<T>();
    }

    /// <summary>Lives as long as the process, so it looks addresses up again itself, as a client of the factory would.</summary>
    private static HttpClient CreateClient(RestHealth rest, TimeProvider time)
    {
        var sockets = new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(2) };
        // The client's own time-out would end with an answer's head.
        return new HttpClient(new CircuitBreakerHandler(rest, time) { InnerHandler = sockets }) { Timeout = Timeout.InfiniteTimeSpan };
    }
}
