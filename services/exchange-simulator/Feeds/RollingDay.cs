using CryptoScreener.ExchangeSimulator.Markets;

namespace CryptoScreener.ExchangeSimulator.Feeds;

/// <summary>The last 1,440 minutes as one bar: the rest of the oldest hour, whole hours, the current hour so far.</summary>
internal sealed class RollingDay(Listing listing)
{
    private const int Hour = 60;
    private const int HoursPerDay = 24;
    private const int Day = Hour * HoursPerDay;
    private readonly History _history = listing.OpenHistory();
    private readonly (long Hour, Bar Bar)[] _hours = new (long, Bar)[HoursPerDay];
    private readonly Bar[] _restOfOldest = new Bar[Hour];
    private Bar _wholeHours;
    private Bar _currentHour;
    private long _formingMinute = -1;
    private int _revision = -1;

    /// <summary>The window that ends with <paramref name="forming"/>, a bar of the minute <paramref name="minute"/>.</summary>
    public Bar With(in Bar forming, long minute)
    {
        if (_formingMinute != minute || _revision != listing.Revision) MoveTo(minute);
        var oldest = _restOfOldest[(minute + 1) % Hour];
        // At the end of an hour the window begins on the hour itself, which then is among the whole ones.
        var past = (minute + 1) % Hour == 0 ? _wholeHours : Bar.Merge(oldest, _wholeHours);
        return Bar.Merge(Bar.Merge(past, _currentHour), forming);
    }

    private void MoveTo(long minute)
    {
        var isNext = _formingMinute == minute - 1 && minute % Hour != 0 && _revision == listing.Revision;
        if (isNext) _currentHour = Bar.Merge(_currentHour, Range(minute - 1, minute));
        else Load(minute - (minute % Hour), minute);
        _formingMinute = minute;
    }

    private void Load(long hourStart, long minute)
    {
        if (_revision != listing.Revision) Array.Clear(_hours);
        _revision = listing.Revision;
        _wholeHours = Bar.None;
        for (var start = hourStart - Day + Hour; start < hourStart; start += Hour) _wholeHours = Bar.Merge(_wholeHours, Whole(start / Hour));
        var rest = Bar.None;
        for (var i = Hour - 1; i >= 0; i--) _restOfOldest[i] = rest = Bar.Merge(Range(hourStart - Day + i, hourStart - Day + i + 1), rest);
        _currentHour = Range(hourStart, minute);
    }

    private Bar Whole(long hour)
    {
        ref var slot = ref _hours[hour % HoursPerDay];
        if (slot.Hour != hour) slot = (hour, Range(hour * Hour, (hour + 1) * Hour));
        return slot.Bar;
    }

    private Bar Range(long from, long to) => _history.Range(Math.Max(from, listing.ListedMinute), to);
}
