using CryptoScreener.Calculation.Minutes;
using CryptoScreener.Contracts.Candles;

namespace CryptoScreener.Calculation;

/// <summary>
/// The candles that are not closed yet: that of the minute after the newest closed one, and the latest of any minute
/// beyond. A successor that overtakes the close is held here, so the view neither loses the minute that is about to
/// close nor shows its windows as incomplete for the moment between the two.
/// </summary>
internal struct FormingMinutes
{
    private Candle _next;
    private Candle _latest;

    public FormingMinutes()
    {
    }

    internal long Next { get; private set; } = MinuteStore.None;

    internal long Latest { get; private set; } = MinuteStore.None;

    /// <summary>False when the candle says nothing new: its minute is closed, or a fuller candle of it is known.</summary>
    internal bool Merge(long minute, in Candle live, long newestClosed)
    {
        if (minute <= newestClosed) return false;
        if (newestClosed != MinuteStore.None && minute == newestClosed + 1)
        {
            if (Next == minute && !Supersedes(in live, in _next)) return false;
            (Next, _next) = (minute, live);
            return true;
        }

        if (minute < Latest || (minute == Latest && !Supersedes(in live, in _latest))) return false;
        (Latest, _latest) = (minute, live);
        return true;
    }

    internal void Close(long newestClosed)
    {
        if (Next <= newestClosed) Next = MinuteStore.None;
        if (Latest <= newestClosed) Latest = MinuteStore.None;
        if (Latest != newestClosed + 1) return;
        (Next, _next) = (Latest, _latest);
        Latest = MinuteStore.None;
    }

    /// <summary>
    /// The forming minute to show: the one about to close, until the market is two minutes past it and its close is
    /// evidently lost.
    /// </summary>
    internal readonly long ViewedMinute => Next != MinuteStore.None && Latest <= Next + 1 ? Next : Latest;

    internal readonly Candle Viewed => ViewedMinute == Next ? _next : _latest;

    // Within a minute volume only grows, so a candle with less of it was overtaken on its way here.
    private static bool Supersedes(in Candle live, in Candle known) => live.Volume >= known.Volume && live != known;
}
