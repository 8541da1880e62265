using System.Diagnostics.Metrics;

namespace CryptoScreener.DataCollector.Gaps;

internal sealed class GapMetrics
{
    private readonly UpDownCounter<long> _open;
    private readonly Counter<long> _notesDropped;

    public GapMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(CollectorMeter.Name);
        _open = meter.CreateUpDownCounter<long>("data_collector_gaps_open", description: "Holes in closed candles that are being repaired");
        _notesDropped = meter.CreateCounter<long>(
            "data_collector_gap_notes_dropped", description: "Notes for the ledger of gaps that were dropped because too many waited for the database");
        _notesDropped.Add(0);
    }

    public void Begin(string exchange) => Changed(0, exchange);

    public void Changed(int change, string exchange) => _open.Add(change, CollectorMeter.Of(exchange));

    public void NoteDropped() => _notesDropped.Add(1);
}
