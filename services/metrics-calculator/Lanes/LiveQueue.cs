using System.Diagnostics.CodeAnalysis;

namespace CryptoScreener.MetricsCalculator.Lanes;

/// <summary>
/// Conflates live frames: the first update of an instrument is shown at once, the following ones together when the
/// interval since then is over.
/// </summary>
internal sealed class LiveQueue(TimeSpan interval, TimeProvider time)
{
    /// <summary>In order of the frame before, so the first is the first to be due.</summary>
    private readonly PriorityQueue<(TrackedInstrument Instrument, OwnedPartition Partition), long> _owed = new();

    /// <summary>True when the frame may leave now; otherwise it is owed.</summary>
    public bool IsDueNow(TrackedInstrument instrument, OwnedPartition partition)
    {
        if (instrument.IsOwed) return false;
        var now = time.GetTimestamp();
        if (instrument.LastLive == 0 || time.GetElapsedTime(instrument.LastLive, now) >= interval)
        {
            instrument.LastLive = now;
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
        var left = interval - time.GetElapsedTime(next.Instrument.LastLive);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    public bool TryTakeDue([NotNullWhen(true)] out TrackedInstrument? instrument, [NotNullWhen(true)] out OwnedPartition? partition)
    {
        (instrument, partition) = (null, null);
        if (!_owed.TryPeek(out var next, out _)) return false;
        var now = time.GetTimestamp();
        if (time.GetElapsedTime(next.Instrument.LastLive, now) < interval) return false;
        _owed.Dequeue();
        (instrument, partition) = next;
        instrument.IsOwed = false;
        instrument.LastLive = now;
        return true;
    }
}
