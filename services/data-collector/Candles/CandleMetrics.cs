using System.Diagnostics.Metrics;

namespace CryptoScreener.DataCollector.Candles;

/// <summary>What comes from exchanges and what of it goes on to the bus.</summary>
internal sealed class CandleMetrics
{
    private readonly Counter<long> _received;
    private readonly Counter<long> _published;
    private readonly Counter<long> _rejected;

    public CandleMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(CollectorMeter.Name);
        _received = meter.CreateCounter<long>("data_collector_candles_received", description: "Candles received from exchanges, forming ones included");
        _published = meter.CreateCounter<long>("data_collector_candles_published", description: "Closed candles handed to the bus");
        _rejected = meter.CreateCounter<long>("data_collector_candles_rejected", description: "Candles that cannot be true");
    }

    public void Begin(string exchange)
    {
        foreach (var counter in new[] { _received, _published, _rejected }) counter.Add(0, CollectorMeter.Of(exchange));
    }

    public void Received(string exchange) => _received.Add(1, CollectorMeter.Of(exchange));

    public void Published(string exchange) => _published.Add(1, CollectorMeter.Of(exchange));

    public void Rejected(string exchange) => _rejected.Add(1, CollectorMeter.Of(exchange));
}
