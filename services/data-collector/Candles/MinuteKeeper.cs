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
    private const long MostLacking = 60 * Timeframe.MinuteMs; // what is further back is history's

    private readonly Dictionary<int, PartitionMinutes> _partitions = [];

    /// <summary>A minute ended without some of its instruments: perhaps they are traded no more. Raised on the lane.</summary>
    public Action? Incomplete { get; set; }

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

    public void Join(FollowedInstrument newcomer, IEnumerable<Gap> inherited)
    {
        if (!_partitions.TryGetValue(newcomer.Partition, out var partition)) return;
        partition.Join(newcomer);
        foreach (var gap in inherited) gaps.Adopt(gap);
    }

    /// <summary>What has ended and is not closed is a gap now: the marks wait for it no more.</summary>
    public void Leave(FollowedInstrument gone)
    {
        if (!_partitions.TryGetValue(gone.Partition, out var partition)) return;
        partition.Leave(gone);
        if (!gone.Gate.IsWarm) return;
        var forming = Timeframe.OneMinute.OpenOf(lane.Clock.Now);
        for (var minute = gone.Gate.LastClosed + Timeframe.MinuteMs; minute < forming; minute += Timeframe.MinuteMs)
            gaps.Add(gone, minute, "not closed when it left");
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
        if (lane.IsMuted(partition.Partition, partition.Epoch)) return false; // its end is another's to announce
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
            Incomplete?.Invoke();
        }

        foreach (var instrument in partition.Behind())
        {
            // More than one where the gate opened before what its history could not prove: it would never meet the marks.
            for (var lacking = FirstLacking(instrument, minute); lacking <= minute; lacking += Timeframe.MinuteMs)
            {
                instrument.Gate.Skip(lacking);
                gaps.Add(instrument, lacking, "not closed in time");
            }
        }

        marks.Enqueue(lane, new Mark(
            exchange, partition.Partition, minute, partition.Instruments.Count, missing, now, partition.Epoch));
        partition.Marked();
    }

    private static long FirstLacking(FollowedInstrument instrument, long minute) =>
        instrument.Gate.IsWarm && minute - instrument.Gate.LastClosed <= MostLacking ? instrument.Gate.LastClosed + Timeframe.MinuteMs : minute;
}
