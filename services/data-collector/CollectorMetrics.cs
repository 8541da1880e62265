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
        _received.Add(0);
        _published.Add(0);
        _connections.Add(0);
        _expected.Add(0);
        _reconnects.Add(0);
        _errors.Add(0);
        _rejected.Add(0);
        _gaps.Add(0);
    }

    public void Received() => _received.Add(1);

    public void Published() => _published.Add(1);

    public void Rejected() => _rejected.Add(1);

    public void SocketsExpected(int change) => _expected.Add(change);

    public void SocketOpened() => _connections.Add(1);

    public void SocketClosed() => _connections.Add(-1);

    public void Reconnected() => _reconnects.Add(1);

    public void SocketError(string cause) => _errors.Add(1, new KeyValuePair<string, object?>("cause", cause));

    public void GapOpened() => _gaps.Add(1);

    public void GapClosed() => _gaps.Add(-1);
}
