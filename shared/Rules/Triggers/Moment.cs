using CryptoScreener.Contracts.Candles;

namespace CryptoScreener.Rules.Triggers;

/// <summary>When something is evaluated, by event time alone.</summary>
/// <param name="EventTime">The exchange's time of the update (unix ms).</param>
/// <param name="Minute">Open time of the minute it belongs to.</param>
/// <param name="IsClosed">Whether that minute is over and its numbers final.</param>
public readonly record struct Moment(long EventTime, long Minute, bool IsClosed)
{
    /// <summary>A timer that falls due: what was last known is looked at once more.</summary>
    public static Moment Due(long time) => new(time, Timeframe.OneMinute.OpenOf(time), IsClosed: false);

    /// <summary>A closed frame speaks for the last millisecond of its minute, whatever its message says, so that replays agree.</summary>
    public long Time => IsClosed ? LastOf(Minute) : EventTime;

    internal static long LastOf(long minute) => minute + Timeframe.MinuteMs - 1;
}
