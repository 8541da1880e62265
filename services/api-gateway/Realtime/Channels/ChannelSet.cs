using CryptoScreener.ApiGateway.Alerts;
using CryptoScreener.ApiGateway.Auth;
using CryptoScreener.ApiGateway.Demands;
using CryptoScreener.ApiGateway.Live;
using CryptoScreener.ApiGateway.Operations;
using CryptoScreener.ApiGateway.Realtime.Protocol;
using CryptoScreener.ApiGateway.Realtime.Sockets;
using CryptoScreener.ApiGateway.Realtime.Topics;
using CryptoScreener.Contracts.Alerts;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.Contracts.Instruments;
using CryptoScreener.Messaging.Catalogues;
using Microsoft.Extensions.Options;

namespace CryptoScreener.ApiGateway.Realtime.Channels;

/// <summary>The channels there are: checks the parameters of a subscription and opens it.</summary>
internal sealed class ChannelSet(
    TopicBook topics,
    MarketView market,
    FrameBook frames,
    CandleBook candles,
    BarHistory history,
    CatalogueBook catalogues,
    AlertResume alerts,
    AlertMessages alertMessages,
    AlertBell bell,
    ServiceBook services,
    ExchangeBook exchanges,
    PageDemands demands,
    IOptions<RealtimeOptions> options,
    TimeProvider time)
{
    private readonly RealtimeOptions _limits = options.Value;

    /// <exception cref="ProtocolException">There is no such channel, or its parameters are wrong.</exception>
    public async ValueTask<(Subscription Subscription, byte[] Answer)> OpenAsync(ClientMessage message, Caller caller, IWake socket, CancellationToken stop)
    {
        var account = caller.Account!;
        var (channel, given) = (message.Text("channel"), message.Params());
        var area = channel switch { "alerts" => Scopes.Alerts, "status" => Scopes.Operations, _ => Scopes.Market };
        if (!account.May(area, write: false)) throw new ProtocolException("forbidden", $"This needs the scope {area}:read, which your key does not have.");
        if (channel == "alerts") return await AlertsAsync(message, given, account, socket, stop);
        var seat = new Seat(socket, caller.Client, account);
        var topic = channel switch
        {
            "metrics" => Metrics(given, seat),
            "screener" => Screener(given, seat),
            "candles" => await CandlesAsync(given, seat, stop),
            "feed" => topics.Join(channel, "", id => new FeedTopic(id, exchanges), seat),
            "status" => topics.Join(channel, "", id => new StatusTopic(id, services), seat),
            _ => throw new ProtocolException("unknown_channel", "There are metrics, screener, candles, alerts, feed and status."),
        };
        var demanded = catalogues.Current is { } catalogue ? demands.Use(account, topics.MetricsOf(topic, catalogue)) : [];
        return (new TopicSubscription(topic, topics, seat), ServerMessage.Subscribed(message.Id, topic.Id, demanded));
    }

    private Topic Metrics(ChannelParams given, Seat seat)
    {
        var columns = Columns(given, least: 1);
        var exchange = given.Text("exchange");
        var only = given.Texts("symbols").Select(Instrument).ToHashSet();
        var key = $"{string.Join(' ', columns)}\n{exchange}\n{string.Join(' ', only.Order())}";
        return topics.Join("metrics", key, id => new MetricsTopic(id, market, new FrameColumns(columns), exchange, only), seat);
    }

    private Topic Screener(ChannelParams given, Seat seat)
    {
        var columns = Columns(given, least: 0);
        var (filter, sort) = (given.Text("filter"), given.Text("sort"));
        var limit = given.Number("limit", 1, _limits.MaxScreenerRows) ?? Math.Min(100, _limits.MaxScreenerRows);
        var query = new ScreenerQuery(filter, sort, limit);
        if (catalogues.Current is { } catalogue && query.Check(catalogue) is var (parameter, complaint))
            throw new ProtocolException(parameter == "sort" ? "unknown_metric" : "bad_filter", complaint);
        var key = $"{string.Join(' ', columns)}\n{sort}\n{limit}\n{filter}";
        return topics.Join("screener", key, id => new ScreenerTopic(id, market, query, new FrameColumns(columns)), seat);
    }

    private async ValueTask<Topic> CandlesAsync(ChannelParams given, Seat seat, CancellationToken stop)
    {
        var (exchange, symbol) = (given.RequiredText("exchange"), given.RequiredText("symbol"));
        if (!Timeframe.TryParse(given.Text("timeframe") ?? "1m", out var timeframe) || timeframe > Timeframe.OneDay)
            throw ProtocolException.BadParameter("timeframe", "a number and m, h or d, at most 1d, for instance 5m or 4h");
        var instrument = InstrumentId.IsToken(exchange) && InstrumentId.IsToken(symbol) ? new InstrumentId(exchange, symbol) : null;
        if (instrument is null || (frames.Find(instrument) is null && candles.Find(instrument) is null))
            throw new ProtocolException("not_found", $"No instrument '{exchange}:{symbol}' is known. GET /api/v1/instruments lists them.");
        var topic = topics.Join("candles", $"{instrument} {timeframe}", id => new CandleTopic(id, instrument, timeframe, candles, history.ReadAsync), seat);
        try
        {
            await topic.ReadyAsync(stop);
            return topic;
        }
        catch (Exception e)
        {
            topics.Leave(topic, seat); // also when the client has left meanwhile: nobody else would
            if (e is OperationCanceledException && stop.IsCancellationRequested) throw;
            throw new ProtocolException("not_ready", "The minutes of this bar cannot be read now: the database does not answer. Try again, or take 1m.");
        }
    }

    private async ValueTask<(Subscription Subscription, byte[] Answer)> AlertsAsync(
        ClientMessage message, ChannelParams given, Account account, IWake socket, CancellationToken stop)
    {
        var filter = new AlertFilter(account, Severity(given.Text("severity")), given.Text("rule_id"), given.Text("symbol"));
        bell.Join(socket); // before the place is taken: what comes in between rings
        try
        {
            var start = await alerts.StartAsync(filter, message.Resume(), stop)
                ?? throw new ProtocolException("not_ready", "The gateway is still reading the alerts. Try again in a few seconds.");
            var id = Topic.IdOf("alerts", $"{(account.Role == Role.Admin ? "all" : account.Owner)}\n{filter.AtLeast}\n{filter.RuleId}\n{filter.Symbol}");
            return (new AlertSubscription(id, start, alertMessages, bell, socket, _limits, time), ServerMessage.Subscribed(message.Id, id, start));
        }
        catch
        {
            bell.Leave(socket);
            throw;
        }
    }

    private List<string> Columns(ChannelParams given, int least)
    {
        var columns = given.Texts("columns").Select(name => name.Replace(" ", "", StringComparison.Ordinal)).Distinct(StringComparer.Ordinal).ToList();
        if (columns.Count < least || columns.Count > _limits.MaxColumns) throw ProtocolException.BadParameter("columns", $"{least} to {_limits.MaxColumns} metrics");
        if (catalogues.Current is { } catalogue && columns.Find(name => MetricName.Find(name, catalogue) is null) is { } unknown)
            throw new ProtocolException("unknown_metric", $"There is no metric '{unknown}'. GET /api/v1/catalogue lists them.");
        return columns;
    }

    private static InstrumentId Instrument(string text) => InstrumentId.TryParse(text, out var instrument)
        ? instrument
        : throw ProtocolException.BadParameter("symbols", "a list of instruments such as binance-futures:BTCUSDT");

    private static AlertSeverity? Severity(string? text) => text switch
    {
        null => null,
        "info" => AlertSeverity.Info,
        "warning" => AlertSeverity.Warning,
        "critical" => AlertSeverity.Critical,
        _ => throw ProtocolException.BadParameter("severity", "info, warning or critical: alerts at least as severe are sent"),
    };
}
