using System.Threading.Channels;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.Contracts.Feed;
using CryptoScreener.DataCollector.Candles;

namespace CryptoScreener.DataCollector.Gaps;

/// <summary>The minutes of one exchange that we know we do not have. Opened on the lane, emptied by the repair.</summary>
/// <remarks>Bounded by what we follow: minutes that touch are one gap, so an instrument adds one for each separate outage.</remarks>
internal sealed class GapLedger(string exchange, GapMetrics metrics, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly List<Gap> _open = [];

    // A hint that something is to be announced; the truth is in the list, so one is enough.
    private readonly Channel<bool> _news = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Something was found that was not announced yet.</summary>
    public ChannelReader<bool> News => _news.Reader;

    public int Count
    {
        get
        {
            lock (_lock) return _open.Count;
        }
    }

    public IReadOnlyList<Gap> Open
    {
        get
        {
            lock (_lock) return [.. _open];
        }
    }

    public IReadOnlyList<Gap> OpenOf(FollowedInstrument instrument)
    {
        lock (_lock) return [.. _open.Where(gap => gap.Instrument.Id == instrument.Id)];
    }

    public bool Has(FollowedInstrument instrument, long minute)
    {
        lock (_lock) return _open.Exists(gap => gap.Instrument == instrument && gap.Holds(minute));
    }

    public void Add(FollowedInstrument instrument, long minute, string cause)
    {
        if (TryAdd(instrument, minute, cause)) metrics.Changed(1, exchange);
        _news.Writer.TryWrite(true);
    }

    /// <summary>False when it belongs to a gap that is open.</summary>
    private bool TryAdd(FollowedInstrument instrument, long minute, string cause)
    {
        lock (_lock)
        {
            foreach (var gap in _open)
            {
                if (gap.Instrument != instrument) continue;
                if (gap.Holds(minute)) return false;
                if (gap.Through != minute - Timeframe.MinuteMs) continue;
                gap.Through = minute;
                return false;
            }

            _open.Add(new Gap(instrument, minute, minute, cause, time.GetUtcNow()));
            return true;
        }
    }

    /// <summary>Takes over a gap that another collector, or this one before a restart, has found and noted.</summary>
    public void Adopt(Gap gap)
    {
        gap.AnnouncedThrough = gap.Through;
        lock (_lock)
        {
            if (_open.Exists(known => known.Instrument.Id == gap.Instrument.Id && known.First == gap.First)) return; // ours since before the instrument left
            _open.Add(gap);
        }

        metrics.Changed(1, exchange);
    }

    /// <summary>
    /// Notes a gap that was found or grew, while none can close it: who notes its outcome comes after this. Null when all of it is
    /// announced, and when it is not open any more.
    /// </summary>
    /// <param name="note">Must not wait.</param>
    public GapEvent? Unannounced(Gap gap, Func<Gap, GapEvent> note)
    {
        lock (_lock) return gap.AnnouncedThrough != gap.Through && _open.Contains(gap) ? note(gap) : null;
    }

    /// <summary>Its partition is another collector's now, who adopts from the table what we noted.</summary>
    public void Forget(int partition)
    {
        int forgotten;
        lock (_lock) forgotten = _open.RemoveAll(gap => gap.Instrument.Partition == partition);
        metrics.Changed(-forgotten, exchange);
    }

    /// <summary>False when the gap is not ours any more, or grew meanwhile: then the rest stays open.</summary>
    public bool Close(Gap gap, long through)
    {
        lock (_lock)
        {
            if (gap.Through > through)
            {
                gap.From = through + Timeframe.MinuteMs;
                return false;
            }

            if (!_open.Remove(gap)) return false;
        }

        metrics.Changed(-1, exchange);
        return true;
    }
}
