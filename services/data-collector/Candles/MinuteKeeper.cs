using CryptoScreener.Contracts.Candles;
using CryptoScreener.Contracts.Marks;
using CryptoScreener.DataCollector.Backfill;
using CryptoScreener.DataCollector.Gaps;

namespace CryptoScreener.DataCollector.Candles;

/// <summary>
/// Ends each minute of each owned partition: a mark as soon as all its instruments are closed; look-ups for the silent
/// ones after the grace; at the deadline a mark that names what is missing. Lives on the lane.
/// </summary>
internal sealed class MinuteKeeper(
    string exchange, CollectorOptions options, ExchangeLane lane, HoleFiller filler, GapLedger gaps, MarkPublisher marks,
    TimeProvider time, ILogger logger)
{
    private readonly Dictionary<int, PartitionMinutes> _partitions = [];

    public void Add(PartitionMinutes partition, IEnumerable<Gap> inherited)
    {
        _partitions[partition.Partition] = partition;
        foreach (var gap in inherited) gaps.Adopt(gap);
    }

    public void Remove(int partition)
    {
        _partitions.Remove(partition);
        gaps.Forget(partition);
    }

    public void Lost(FollowedInstrument instrument, long minute)
    {
        if (_partitions.TryGetValue(instrument.Partition, out var partition)) partition.Lost(instrument, minute);
        gaps.Add(instrument, minute, "the buffer towards the bus was full");
    }

    public void Tick()
    {
        var now = lane.Clock.Now;
        foreach (var partition in _partitions.Values)
            while (TryEndMinute(partition, now)) { }
    }

    private bool TryEndMinute(PartitionMinutes partition, long now)
    {
        if (!partition.IsWarm || now < partition.NextMark + Timeframe.MinuteMs) return false;
        var waited = partition.Waited(time).TotalMilliseconds;
        if (!partition.IsComplete())
        {
            if (waited < options.CloseGraceMs) return false;
            foreach (var instrument in partition.Behind()) filler.Ask(instrument);
            if (waited < options.CloseDeadlineMs) return false;
        }

        End(partition, now);
        return true;
    }

    private void End(PartitionMinutes partition, long now)
    {
        var minute = partition.NextMark;
        var missing = partition.Missing();
        if (missing.Count > 0)
        {
            var at = DateTimeOffset.FromUnixTimeMilliseconds(minute).UtcDateTime;
            CollectorLog.MinuteIncomplete(logger, exchange, partition.Partition, at, missing.Count);
        }

        foreach (var instrument in partition.Behind())
        {
            instrument.Gate.Skip(minute);
            gaps.Add(instrument, minute, "not closed in time");
        }

        marks.Enqueue(new Mark(
            exchange, partition.Partition, minute, partition.Instruments.Count, missing, now, partition.Epoch));
        partition.Marked();
    }
}
