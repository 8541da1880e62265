using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.DataCollector.Exchanges.Rest;

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
    private readonly Counter<long> _rotations;
    private readonly Counter<long> _stalls;
    private readonly Counter<long> _errors;
    private readonly Counter<long> _rejected;
    private readonly UpDownCounter<long> _gaps;
    private readonly Counter<long> _unnoted;
    private readonly Counter<long> _unaudited;
    private readonly Counter<long> _corrected;
    private readonly Counter<long> _history;
    private readonly ConcurrentDictionary<string, Func<CircuitState>> _circuits = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Func<long>> _historyLeft = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Func<double>> _staleness = new(StringComparer.Ordinal);

    public CollectorMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _received = meter.CreateCounter<long>("data_collector_candles_received", description: "Candles received from exchanges, forming ones included");
        _published = meter.CreateCounter<long>("data_collector_candles_published", description: "Closed candles handed to the bus");
        _connections = meter.CreateUpDownCounter<int>("data_collector_websocket_connections", description: "Open sockets to exchanges");
        _expected = meter.CreateUpDownCounter<int>("data_collector_websocket_connections_expected", description: "Sockets that should be open");
        _reconnects = meter.CreateCounter<long>("data_collector_websocket_reconnects", description: "Sockets opened again after a loss");
        _rotations = meter.CreateCounter<long>("data_collector_websocket_rotations", description: "Sockets replaced before their exchange would have cut them");
        _stalls = meter.CreateCounter<long>("data_collector_stalls", description: "Subscriptions found silent while their instrument traded");
        _errors = meter.CreateCounter<long>("data_collector_websocket_errors", description: "Sockets lost and frames refused, by cause");
        _rejected = meter.CreateCounter<long>("data_collector_candles_rejected", description: "Candles that cannot be true");
        _gaps = meter.CreateUpDownCounter<long>("data_collector_gaps_open", description: "Holes in closed candles that are being repaired");
        meter.CreateObservableGauge(
            "data_collector_feed_staleness",
            () => _staleness.Select(feed => new Measurement<double>(feed.Value(), Of(feed.Key))),
            "s",
            "How long an exchange has said nothing");
        meter.CreateObservableGauge(
            "circuit_breaker_state",
            () => _circuits.Select(circuit => new Measurement<int>((int)circuit.Value(), Of(circuit.Key))),
            description: "Whether an exchange's REST interface is asked: 0 closed (it is), 1 half open (one request tries), 2 open (it is left alone)");
        _history = meter.CreateCounter<long>("data_collector_backfill_candles", description: "Candles of the long history fetched and stored, by timeframe");
        meter.CreateObservableGauge(
            "data_collector_backfill_bars_left",
            () => _historyLeft.Select(exchange => new Measurement<long>(exchange.Value(), Of(exchange.Key))),
            description: "Bars of the long history that are still to be looked at and, where they are missing, fetched");
        _unnoted = meter.CreateCounter<long>("data_collector_gap_notes_dropped", description: "Notes for the ledger of gaps that were dropped because too many waited for the database");
        _unaudited = meter.CreateCounter<long>("data_collector_audits_dropped", description: "Doubtful closes that were not audited because too many waited");
        _received.Add(0);
        _corrected = meter.CreateCounter<long>("data_collector_audit_corrections", description: "Stored candles that an audit found missing or different from the exchange's");
        _unnoted.Add(0);
        _unaudited.Add(0);
        _corrected.Add(0);
        _published.Add(0);
        _rejected.Add(0);
    }

    /// <summary>Series that are there from the start, so that a rate over the first one is not lost.</summary>
    public void Begin(string exchange)
    {
        _connections.Add(0, Of(exchange));
        _expected.Add(0, Of(exchange));
        _reconnects.Add(0, Of(exchange));
        _rotations.Add(0, Of(exchange));
        _stalls.Add(0, Of(exchange));
        _gaps.Add(0, Of(exchange));
    }

    public void Received() => _received.Add(1);

    public void Published() => _published.Add(1);

    public void Rejected() => _rejected.Add(1);

    public void SocketsExpected(int change, string exchange) => _expected.Add(change, Of(exchange));

    public void SocketsOpen(int change, string exchange) => _connections.Add(change, Of(exchange));

    public void Reconnected(string exchange) => _reconnects.Add(1, Of(exchange));

    public void Rotated(string exchange) => _rotations.Add(1, Of(exchange));

    public void Stalled(string exchange) => _stalls.Add(1, Of(exchange));

    public void SocketError(string cause, string exchange) => _errors.Add(1, new KeyValuePair<string, object?>("cause", cause), Of(exchange));

    public void GapsChanged(int change, string exchange) => _gaps.Add(change, Of(exchange));

    public void GapNoteDropped() => _unnoted.Add(1);

    /// <summary>From now on each scrape asks how long an exchange has said nothing (seconds).</summary>
    public void WatchStaleness(string exchange, Func<double> staleness) => _staleness[exchange] = staleness;

    /// <summary>From now on each scrape asks for the state of an exchange's circuit breaker.</summary>
    public void WatchCircuit(string exchange, Func<CircuitState> state) => _circuits[exchange] = state;

    /// <summary>From now on each scrape asks how many bars of an exchange's long history are left to load.</summary>
    public void WatchHistory(string exchange, Func<long> barsLeft) => _historyLeft[exchange] = barsLeft;

    public void HistoryStored(int candles, string exchange, Timeframe timeframe) =>
        _history.Add(candles, new KeyValuePair<string, object?>("timeframe", timeframe.ToString()), Of(exchange));

    public void Corrected(int candles) => _corrected.Add(candles);

    public void AuditDropped() => _unaudited.Add(1);

    private static KeyValuePair<string, object?> Of(string exchange) => new("exchange", exchange);
}
