using CryptoScreener.Calculation;
using CryptoScreener.Contracts.Bus;
using CryptoScreener.Contracts.Instruments;

namespace CryptoScreener.MetricsCalculator.Lanes;

/// <summary>The state of one instrument and where its frames go. Its lane is the only one to touch it.</summary>
internal sealed class TrackedInstrument(CalculationPlan plan, InstrumentId id, int partition)
{
    public InstrumentId Id { get; } = id;

    public InstrumentState State { get; } = new(plan);

    public string LiveSubject { get; } = Subjects.MetricsLive(partition, id);

    public string ClosedSubject { get; } = Subjects.MetricsClosed(partition, id);

    /// <summary>When the last live frame left (TimeProvider timestamp); 0 for never.</summary>
    public long LastLive { get; set; }

    /// <summary>A live frame is owed and stands in the lane's queue.</summary>
    public bool IsOwed { get; set; }

    /// <summary>Stage times of the newest forming candle.</summary>
    public long EventTime { get; set; }

    public long ReceivedAt { get; set; }

    /// <summary>Highest collector epoch seen; candles of a lower one come from a collector that lost its lease.</summary>
    public long CollectorEpoch { get; set; }
}
