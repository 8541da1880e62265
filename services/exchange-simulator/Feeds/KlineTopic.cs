using CryptoScreener.ExchangeSimulator.Markets;

namespace CryptoScreener.ExchangeSimulator.Feeds;

/// <summary>The bars of one interval of one instrument while they form.</summary>
internal sealed class KlineTopic(Interval interval) : Topic
{
    private Bar _closedPart;

    public Interval Interval => interval;

    /// <summary>Takes up the bar in the middle: <paramref name="closedPart"/> is what its past minutes amount to.</summary>
    public void Start(in Bar closedPart) => _closedPart = closedPart;

    public Bar WithForming(in Bar minute) => Align(Bar.Merge(_closedPart, minute));

    /// <summary>Adds a finished minute. True when it was the bar's last one; the bar then is complete and the next one begins.</summary>
    public bool Absorb(in Bar minute, long minuteNumber, out Bar bar)
    {
        bar = WithForming(minute);
        var isLast = interval.OpenMinute(minuteNumber + 1) != interval.OpenMinute(minuteNumber);
        _closedPart = isLast ? Bar.None : bar;
        return isLast;
    }

    private Bar Align(in Bar bar) =>
        bar with { OpenTime = interval.OpenMinute(bar.OpenTime / MinutePath.MillisecondsPerMinute) * MinutePath.MillisecondsPerMinute };
}
