using CryptoScreener.Calculation.Snapshots;

namespace CryptoScreener.Calculation.Minutes;

/// <summary>
/// The quote volume of every minute, twice as far back as the other columns: the volume ratio compares a window with
/// the one before it. NaN is a minute that is not there, so a sum over an incomplete run is NaN by itself.
/// </summary>
internal sealed class QuoteVolumeHistory
{
    private readonly double[] _minutes;
    private readonly double[] _blocks;

    internal QuoteVolumeHistory(int minutes)
    {
        _minutes = new double[HalfHour.RoundUp(minutes) + HalfHour.Length];
        _blocks = new double[_minutes.Length / HalfHour.Length];
        Clear();
    }

    internal int Capacity => _minutes.Length;

    internal ReadOnlySpan<double> Minutes => _minutes;

    internal double this[long minute]
    {
        get => _minutes[Slot(minute)];
        set => _minutes[Slot(minute)] = value;
    }

    internal int Slot(long minute) => (int)(minute % _minutes.Length);

    internal void Clear()
    {
        Array.Fill(_minutes, double.NaN);
        Array.Fill(_blocks, double.NaN);
    }

    internal void Seal(long block)
    {
        var slot = Slot(HalfHour.FirstMinute(block));
        var sum = 0.0;
        foreach (var volume in _minutes.AsSpan(slot, HalfHour.Length)) sum += volume;
        _blocks[block % _blocks.Length] = sum;
    }

    /// <summary>NaN unless every minute from first to last is there; neither may be older than the capacity before the newest.</summary>
    internal double Sum(long first, long last, long newest)
    {
        if (first < 0 || last > newest || first <= newest - Capacity) return double.NaN;
        var firstBlock = HalfHour.Ceiling(first);
        var afterBlocks = HalfHour.FirstMinute(HalfHour.Of(last + 1));
        if (firstBlock >= afterBlocks) return AddMinutes(0, first, last);
        var sum = AddMinutes(0, first, firstBlock - 1);
        for (var block = HalfHour.Of(firstBlock); block < HalfHour.Of(afterBlocks); block++) sum += _blocks[block % _blocks.Length];
        return AddMinutes(sum, afterBlocks, last);
    }

    internal void Transfer(ISnapshot snapshot)
    {
        snapshot.Values<double>(_minutes);
        snapshot.Values<double>(_blocks);
    }

    private double AddMinutes(double sum, long first, long last)
    {
        var slot = Slot(first);
        for (var left = last - first; left >= 0; left--)
        {
            sum += _minutes[slot];
            if (++slot == _minutes.Length) slot = 0;
        }

        return sum;
    }
}
