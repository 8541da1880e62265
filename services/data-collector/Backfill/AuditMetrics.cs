using System.Diagnostics.Metrics;

namespace CryptoScreener.DataCollector.Backfill;

internal sealed class AuditMetrics
{
    private readonly Counter<long> _dropped;
    private readonly Counter<long> _corrected;

    public AuditMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(CollectorMeter.Name);
        _dropped = meter.CreateCounter<long>("data_collector_audits_dropped", description: "Doubtful closes that were not audited because too many waited");
        _corrected = meter.CreateCounter<long>("data_collector_audit_corrections", description: "Candles that an audit found missing or different from the exchange's");
        _dropped.Add(0);
        _corrected.Add(0);
    }

    public void Dropped() => _dropped.Add(1);

    public void Corrected(int candles) => _corrected.Add(candles);
}
