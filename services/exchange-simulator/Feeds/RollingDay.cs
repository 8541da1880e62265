using CryptoScreener.ExchangeSimulator.Markets;

namespace CryptoScreener.ExchangeSimulator.Feeds;

/// <summary>The last 1,440 minutes as one bar: the rest of the oldest hour, whole hours, the current hour so far.</summary>
internal sealed class RollingDay(Listing listing)
{
    private const int Hour = 60;
    private const int Day = 1440;
    private readonly Bar[] _restOfOldest = new Bar[Hour];
    private readonly History _history = listing.OpenHistory();
    private Bar _wholeHours;
    private Bar _currentHour;
    private long _formingMinute = -1;

    /// <summary>The window that ends with <paramref name="forming"/>, a bar of the minute <paramref name="minute"/>.</summary>
    public Bar With(in Bar forming, long minute)
    {
        if (_formingMinute != minute) MoveTo(minute);
        var oldest = _restOfOldest[(minute + 1) % Hour];
        // At the end of an hour the window begins on the hour itself, which then is among the whole ones.
        var past = (minute + 1) % Hour == 0 ? _wholeHours : Bar.Merge(oldest, _wholeHours);
        return Bar.Merge(Bar.Merge(past, _currentHour), forming);
    }

    private void MoveTo(long minute)
    {
        var first = Math.Max(minute - (minute % Hour), listing.ListedMinute);
        if (_formingMinute == minute - 1 && minute % Hour != 0) _currentHour = Bar.Merge(_currentHour, _history.Minute(minute - 1));
        else LoadHour(minute - (minute % Hour), first, minute);
        _formingMinute = minute;
    }

    private void LoadHour(long hourStart, long first, long minute)
    {
        var listed = listing.ListedMinute;
        _wholeHours = Range(Math.Max(listed, hourStart - Day + Hour), hourStart);
        var rest = Bar.None;
        for (var i = Hour - 1; i >= 0; i--)
        {
            var past = hourStart - Day + i;
            if (past >= listed) rest = Bar.Merge(_history.Minute(past), rest);
            _restOfOldest[i] = rest;
        }

        _currentHour = Range(first, minute);
    }

    private Bar Range(long from, long to) => from < to ? _history.Range(from, to) : Bar.None;
}
