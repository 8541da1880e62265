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

    internal double this[long minute]
    {
        get => _minutes[minute % _minutes.Length];
        set => _minutes[minute % _minutes.Length] = value;
    }

    internal void Clear()
    {
        Array.Fill(_minutes, double.NaN);
        Array.Fill(_blocks, double.NaN);
    }

    internal void Seal(long block)
    {
        var slot = (int)(HalfHour.FirstMinute(block) % _minutes.Length);
        var sum = 0.0;
        foreach (var volume in _minutes.AsSpan(slot, HalfHour.Length)) sum += volume;
        _blocks[block % _blocks.Length] = sum;
    }

    /// <summary>NaN unless every minute from first to last is there; neither may be older than the capacity before the newest.</summary>
    internal double Sum(long first, long last, long newest)
    {
        if (last > newest || first <= newest - Capacity) return double.NaN;
        var sum = 0.0;
        for (var minute = first; minute <= last;)
        {
            if (minute % HalfHour.Length == 0 && minute + HalfHour.Length - 1 <= last)
            {
                sum += _blocks[HalfHour.Of(minute) % _blocks.Length];
                minute += HalfHour.Length;
            }
            else
            {
                sum += this[minute++];
            }
        }

        return sum;
    }

    internal void Transfer(ISnapshot snapshot)
    {
        snapshot.Values<double>(_minutes);
        snapshot.Values<double>(_blocks);
    }
}
