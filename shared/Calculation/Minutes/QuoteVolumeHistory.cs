using CryptoScreener.Calculation.Snapshots;

namespace CryptoScreener.Calculation.Minutes;

/// <summary>
/// The quote volume of every minute, twice as far back as the other columns: the volume ratio compares a window with
/// the one before it. NaN is a minute that is not there, so a sum over an incomplete run is NaN by itself.
/// </summary>
internal sealed class QuoteVolumeHistory
{
    private readonly DecimalColumn _minutes;
    private readonly double[] _blocks;

    internal QuoteVolumeHistory(int minutes)
    {
        Capacity = HalfHour.RoundUp(minutes) + HalfHour.Length;
        _minutes = new DecimalColumn(Capacity, isLong: true);
        _blocks = new double[Capacity / HalfHour.Length];
        Clear();
    }

    internal int Capacity { get; }

    internal double this[long minute]
    {
        get => _minutes[Slot(minute)];
        set => _minutes[Slot(minute)] = value;
    }

    internal void Clear()
    {
        _minutes.Fill(double.NaN);
        Array.Fill(_blocks, double.NaN);
    }

    internal void Seal(long block)
    {
        _blocks[block % _blocks.Length] = _minutes.AddTo(0, Slot(HalfHour.FirstMinute(block)), HalfHour.Length);
    }

    /// <summary>NaN unless every minute from first to last is there; neither may be older than the capacity before the newest.</summary>
    internal double Sum(long first, long last, long newest)
    {
        if (first < 0 || last > newest || first <= newest - Capacity) return double.NaN;
        var firstBlock = HalfHour.Ceiling(first);
        var afterBlocks = HalfHour.FirstMinute(HalfHour.Of(last + 1));
        if (firstBlock >= afterBlocks) return AddTo(0, first, last);
        var sum = AddTo(0, first, firstBlock - 1);
        for (var block = HalfHour.Of(firstBlock); block < HalfHour.Of(afterBlocks); block++) sum += _blocks[block % _blocks.Length];
        return AddTo(sum, afterBlocks, last);
    }

    /// <summary>The sum and then, oldest first, the volume of every minute; NaN with one that is not there.</summary>
    internal double AddTo(double sum, long first, long last)
    {
        if (first > last) return sum;
        var (slot, count) = (Slot(first), (int)(last - first + 1));
        var head = Math.Min(count, Capacity - slot);
        sum = _minutes.AddTo(sum, slot, head);
        return head < count ? _minutes.AddTo(sum, 0, count - head) : sum;
    }

    internal void Transfer(ISnapshot snapshot)
    {
        _minutes.Transfer(snapshot);
        snapshot.Values<double>(_blocks);
    }

    private int Slot(long minute) => (int)(minute % Capacity);
}
