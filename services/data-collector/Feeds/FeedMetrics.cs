using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using CryptoScreener.DataCollector.Exchanges;

namespace CryptoScreener.DataCollector.Feeds;

/// <summary>Sockets to exchanges, and how long each exchange has been silent.</summary>
internal sealed class FeedMetrics
{
    private static readonly string[] Causes =
        ["lost", .. Enum.GetValues<FrameKind>().Except([FrameKind.Kline, FrameKind.Control, FrameKind.GoingAway]).Select(CauseOf)];

    private readonly UpDownCounter<int> _connections;
    private readonly UpDownCounter<int> _expected;
    private readonly Counter<long> _reconnects;
    private readonly Counter<long> _rotations;
    private readonly Counter<long> _stalls;
    private readonly Counter<long> _errors;
    private readonly ConcurrentDictionary<string, Func<double>> _staleness = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Func<double>> _ahead = new(StringComparer.Ordinal);

    public FeedMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(CollectorMeter.Name);
        _connections = meter.CreateUpDownCounter<int>("data_collector_websocket_connections", description: "Open sockets to exchanges");
        _expected = meter.CreateUpDownCounter<int>("data_collector_websocket_connections_expected", description: "Sockets that should be open");
        _reconnects = meter.CreateCounter<long>("data_collector_websocket_reconnects", description: "Sockets opened again after a loss");
        _rotations = meter.CreateCounter<long>("data_collector_websocket_rotations", description: "Sockets replaced before their exchange would have cut them");
        _stalls = meter.CreateCounter<long>("data_collector_stalls", description: "Subscriptions found silent while their instrument traded");
        _errors = meter.CreateCounter<long>("data_collector_websocket_errors", description: "Sockets lost and frames refused, by cause");
        meter.CreateObservableGauge(
            "data_collector_feed_staleness",
            () => _staleness.Select(feed => new Measurement<double>(feed.Value(), CollectorMeter.Of(feed.Key))),
            "s",
            "How long an exchange has said nothing");
        meter.CreateObservableGauge(
            "data_collector_clock_offset",
            () => _ahead.Select(clock => new Measurement<double>(clock.Value(), CollectorMeter.Of(clock.Key))),
            "s",
            "How far an exchange's clock is ahead of ours");
    }

    /// <summary>Series that are there from the start, so that a rate over the first one is not lost.</summary>
    /// <param name="staleness">Asked at each scrape: how long the exchange has said nothing (seconds).</param>
    /// <param name="ahead">Likewise: how far its clock is ahead of ours (seconds).</param>
    public void Begin(string exchange, Func<double> staleness, Func<double> ahead)
    {
        foreach (var counter in new[] { _connections, _expected }) counter.Add(0, CollectorMeter.Of(exchange));
        foreach (var counter in new[] { _reconnects, _rotations, _stalls }) counter.Add(0, CollectorMeter.Of(exchange));
        foreach (var cause in Causes) _errors.Add(0, new KeyValuePair<string, object?>("cause", cause), CollectorMeter.Of(exchange));
        _staleness[exchange] = staleness;
        _ahead[exchange] = ahead;
    }

    public void Expected(int change, string exchange) => _expected.Add(change, CollectorMeter.Of(exchange));

    public void Open(int change, string exchange) => _connections.Add(change, CollectorMeter.Of(exchange));

    public void Reconnected(string exchange)
    {
        Error("lost", exchange);
        _reconnects.Add(1, CollectorMeter.Of(exchange));
    }

    public void Rotated(string exchange) => _rotations.Add(1, CollectorMeter.Of(exchange));

    public void Stalled(string exchange) => _stalls.Add(1, CollectorMeter.Of(exchange));

    public void Refused(FrameKind kind, string exchange) => Error(CauseOf(kind), exchange);

    private void Error(string cause, string exchange) => _errors.Add(1, new KeyValuePair<string, object?>("cause", cause), CollectorMeter.Of(exchange));

    private static string CauseOf(FrameKind kind) => kind.ToString().ToLowerInvariant();
}
