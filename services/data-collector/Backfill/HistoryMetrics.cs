using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using CryptoScreener.Contracts.Candles;

namespace CryptoScreener.DataCollector.Backfill;

/// <summary>The long history of each exchange.</summary>
internal sealed class HistoryMetrics
{
    private readonly Counter<long> _stored;
    private readonly ConcurrentDictionary<string, Func<long>> _left = new(StringComparer.Ordinal);

    public HistoryMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(CollectorMeter.Name);
        _stored = meter.CreateCounter<long>("data_collector_backfill_candles", description: "Candles of the long history fetched and stored, by timeframe");
        meter.CreateObservableGauge(
            "data_collector_backfill_bars_left",
            () => _left.Select(exchange => new Measurement<long>(exchange.Value(), CollectorMeter.Of(exchange.Key))),
            description: "Bars of the long history that are still to be looked at and, where they are missing, fetched");
    }

    /// <summary>From now on each scrape asks how many bars of an exchange's long history are left to load.</summary>
    public void Watch(string exchange, Func<long> barsLeft) => _left[exchange] = barsLeft;

    public void Stored(int candles, string exchange, Timeframe timeframe) =>
        _stored.Add(candles, new KeyValuePair<string, object?>("timeframe", timeframe.ToString()), CollectorMeter.Of(exchange));
}
