using CryptoScreener.Contracts.Bus;
using CryptoScreener.Contracts.Instruments;
using CryptoScreener.DataCollector.Feeds;

namespace CryptoScreener.DataCollector.Candles;

/// <summary>An instrument this collector owns. Only its exchange's lane touches the mutable part.</summary>
internal sealed class FollowedInstrument(InstrumentId id, int databaseId, int partition, long epoch)
{
    private bool _hasLeft;
    private bool _hasHistory;

    public InstrumentId Id { get; } = id;

    public int DatabaseId { get; } = databaseId;

    public int Partition { get; } = partition;

    public long Epoch { get; } = epoch;

    public string ClosedSubject { get; } = Subjects.CandleClosed(partition, id);

    public string LiveSubject { get; } = Subjects.CandleLive(partition, id);

    public CandleGate Gate { get; } = new();

    public Pulse Pulse { get; } = new();

    /// <summary>It was delisted or deselected, or is another collector's. Set once; whoever still works for it stops.</summary>
    public bool HasLeft
    {
        get => Volatile.Read(ref _hasLeft);
        set => Volatile.Write(ref _hasLeft, value);
    }

    /// <summary>Its long history has been loaded: bars that are missing from now on are lost and not just late.</summary>
    public bool HasHistory
    {
        get => Volatile.Read(ref _hasHistory);
        set => Volatile.Write(ref _hasHistory, value);
    }

    /// <summary>A REST look-up for this instrument is under way; further holes wait for its result.</summary>
    public bool IsRepairing { get; set; }
}
