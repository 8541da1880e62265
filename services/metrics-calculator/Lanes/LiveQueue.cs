using System.Diagnostics.CodeAnalysis;

namespace CryptoScreener.MetricsCalculator.Lanes;

/// <summary>
/// Conflates live frames: the first update of an instrument is shown at once, the following ones together when the
/// interval since then is over. Once more frames leave than may, the interval grows for all alike until they do not.
/// </summary>
/// <param name="shortest">The interval while the rate allows.</param>
/// <param name="perSecond">How many frames may leave, over all instruments.</param>
internal sealed class LiveQueue(TimeSpan shortest, int perSecond, TimeProvider time)
{
    /// <summary>A page that is this late still lives; beyond, frames are dear for another reason than their number.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    /// <summary>What is stretched when frames leave as they come: of no interval every multiple is none.</summary>
    private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(1);

    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(1);

    /// <summary>In order of the frame before, so the first is the first to be due.</summary>
    private readonly PriorityQueue<(TrackedInstrument Instrument, OwnedPartition Partition), long> _owed = new();

    private long _measuredFrom = time.GetTimestamp();
    private int _left;
    private TimeSpan _stretched;

    /// <summary>How long after a frame the next of the same instrument may leave.</summary>
    public TimeSpan Interval => Max(shortest, _stretched);

    /// <summary>True when the frame may leave now; otherwise it is owed.</summary>
    public bool IsDueNow(TrackedInstrument instrument, OwnedPartition partition)
    {
        if (instrument.IsOwed) return false;
        var now = time.GetTimestamp();
        if (instrument.LastLive == 0 || time.GetElapsedTime(instrument.LastLive, now) >= Interval)
        {
            Leave(instrument, now);
            return true;
        }

        instrument.IsOwed = true;
        _owed.Enqueue((instrument, partition), instrument.LastLive);
        return false;
    }

    /// <summary>Null when nothing is owed.</summary>
    public TimeSpan? UntilNext()
    {
        if (!_owed.TryPeek(out var next, out _)) return null;
        var left = Interval - time.GetElapsedTime(next.Instrument.LastLive);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    public bool TryTakeDue([NotNullWhen(true)] out TrackedInstrument? instrument, [NotNullWhen(true)] out OwnedPartition? partition)
    {
        (instrument, partition) = (null, null);
        if (!_owed.TryPeek(out var next, out _)) return false;
        var now = time.GetTimestamp();
        if (time.GetElapsedTime(next.Instrument.LastLive, now) < Interval) return false;
        _owed.Dequeue();
        (instrument, partition) = next;
        instrument.IsOwed = false;
        Leave(instrument, now);
        return true;
    }

    private void Leave(TrackedInstrument instrument, long now)
    {
        instrument.LastLive = now;
        _left++;
        var measured = time.GetElapsedTime(_measuredFrom, now);
        if (measured < Measured) return;
        // As many instruments as now, each so much less often, make the rate that may be.
        var wanted = Max(Interval, Least) * (_left / measured.TotalSeconds / perSecond);
        _stretched = wanted < Longest ? wanted : Longest;
        (_measuredFrom, _left) = (now, 0);
    }

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
