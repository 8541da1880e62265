using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace CryptoScreener.DataCollector;

/// <summary>What the collector counts. Labels are exchanges and causes, never symbols.</summary>
internal sealed class CollectorMetrics
{
    public const string MeterName = "CryptoScreener.DataCollector";

    private readonly Counter<long> _received;
    private readonly Counter<long> _published;
    private readonly UpDownCounter<int> _connections;
    private readonly UpDownCounter<int> _expected;
    private readonly Counter<long> _reconnects;
    private readonly Counter<long> _errors;
    private readonly Counter<long> _rejected;
    private readonly UpDownCounter<long> _gaps;
    private readonly ConcurrentDictionary<string, Func<double>> _staleness = new(StringComparer.Ordinal);

    public CollectorMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _received = meter.CreateCounter<long>("data_collector_candles_received", description: "Candles received from exchanges, forming ones included");
        _published = meter.CreateCounter<long>("data_collector_candles_published", description: "Closed candles handed to the bus");
        _connections = meter.CreateUpDownCounter<int>("data_collector_websocket_connections", description: "Open sockets to exchanges");
        _expected = meter.CreateUpDownCounter<int>("data_collector_websocket_connections_expected", description: "Sockets that should be open");
        _reconnects = meter.CreateCounter<long>("data_collector_websocket_reconnects", description: "Sockets opened again after a loss");
        _errors = meter.CreateCounter<long>("data_collector_websocket_errors", description: "Sockets lost and frames refused, by cause");
        _rejected = meter.CreateCounter<long>("data_collector_candles_rejected", description: "Candles that cannot be true");
        _gaps = meter.CreateUpDownCounter<long>("data_collector_gaps_open", description: "Holes in closed candles that are being repaired");
        meter.CreateObservableGauge(
            "data_collector_feed_staleness",
            () => _staleness.Select(feed => new Measurement<double>(feed.Value(), Of(feed.Key))),
            "s",
            "How long an exchange has said nothing");
        _received.Add(0);
        _published.Add(0);
        _rejected.Add(0);
    }

    /// <summary>Series that are there from the start, so that a rate over the first one is not lost.</summary>
    public void Begin(string exchange)
    {
        _connections.Add(0, Of(exchange));
        _expected.Add(0, Of(exchange));
        _reconnects.Add(0, Of(exchange));
        _gaps.Add(0, Of(exchange));
    }

    public void Received() => _received.Add(1);

    public void Published() => _published.Add(1);

    public void Rejected() => _rejected.Add(1);

    public void SocketsExpected(int change, string exchange) => _expected.Add(change, Of(exchange));

    public void SocketOpened(string exchange) => _connections.Add(1, Of(exchange));

    public void SocketClosed(string exchange) => _connections.Add(-1, Of(exchange));

    public void Reconnected(string exchange) => _reconnects.Add(1, Of(exchange));

    public void SocketError(string cause, string exchange) => _errors.Add(1, new KeyValuePair<string, object?>("cause", cause), Of(exchange));

    public void GapOpened(string exchange) => _gaps.Add(1, Of(exchange));

    public void GapClosed(string exchange) => _gaps.Add(-1, Of(exchange));

    /// <summary>From now on each scrape asks how long an exchange has said nothing (seconds).</summary>
    public void WatchStaleness(string exchange, Func<double> staleness) => _staleness[exchange] = staleness;

    private static KeyValuePair<string, object?> Of(string exchange) => new("exchange", exchange);
}
