using CryptoScreener.Contracts.Candles;

namespace CryptoScreener.DataCollector.Candles;

/// <summary>The instruments of one owned partition and the next minute whose end is to be announced.</summary>
internal sealed class PartitionMinutes(int partition, long epoch, IReadOnlyList<FollowedInstrument> instruments)
{
    private readonly Dictionary<long, HashSet<string>> _lost = [];
    private long? _waitingSince;

    public int Partition { get; } = partition;

    public long Epoch { get; } = epoch;

    public IReadOnlyList<FollowedInstrument> Instruments { get; private set; } = instruments;

    /// <summary>Open time of the first minute that has no mark yet; 0 until the partition is warm.</summary>
    public long NextMark { get; private set; }

    public bool IsWarm => NextMark != 0;

    /// <summary>Its minutes count from the next mark on; its gate is open already.</summary>
    public void Join(FollowedInstrument newcomer) => Instruments = [.. Instruments, newcomer];

    public void Leave(FollowedInstrument gone) => Instruments = [.. Instruments.Where(i => i != gone)];

    public void StartMarksAfter(long minute) => NextMark = minute + Timeframe.MinuteMs;

    public bool IsComplete()
    {
        foreach (var instrument in Instruments)
            if (instrument.Gate.LastClosed < NextMark) return false;
        return true;
    }

    /// <summary>A candle passed the gate but could not be handed to the bus: its minute's mark must name it.</summary>
    public void Lost(FollowedInstrument instrument, long minute)
    {
        if (minute < NextMark) return; // its mark is out; the gap ledger has it
        if (!_lost.TryGetValue(minute, out var symbols)) _lost[minute] = symbols = [];
        symbols.Add(instrument.Id.Symbol);
    }

    /// <summary>The symbols of which the next minute is not on the bus.</summary>
    public IReadOnlyList<string> Missing() =>
        [.. Behind().Select(i => i.Id.Symbol).Union(_lost.GetValueOrDefault(NextMark) ?? [], StringComparer.Ordinal)];

    public IEnumerable<FollowedInstrument> Behind() => Instruments.Where(i => i.Gate.LastClosed < NextMark);

    /// <summary>
    /// How long we have been waiting for the next minute's candles. Not since the minute's own end: who takes a partition
    /// over finds minutes that are long past, and must be given time to look them up.
    /// </summary>
    public TimeSpan Waited(TimeProvider time)
    {
        _waitingSince ??= time.GetTimestamp();
        return time.GetElapsedTime(_waitingSince.Value);
    }

    public void Marked()
    {
        _lost.Remove(NextMark);
        NextMark += Timeframe.MinuteMs;
        _waitingSince = null;
    }
}
