namespace CryptoScreener.ExchangeSimulator.Markets;

/// <summary>
/// Bars of one instrument over any range: whole days come from a cache, whole hours from their sixty minutes, the edges minute by
/// minute. One reader at a time; what readers share is kept by the listing.
/// </summary>
internal sealed class History(Listing listing)
{
    private const int Hour = 60;
    private const int Day = 1440;
    private readonly MinutePath _path = new();
    private readonly Bar[] _minutes = new Bar[Hour];
    private long _loadedHour = -1;
    private int _loadedRevision = -1;

    /// <summary>The bar over the minutes from <paramref name="from"/> up to but not including <paramref name="to"/>.</summary>
    public Bar Range(long from, long to)
    {
        var bar = Bar.None;
        for (var minute = from; minute < to;)
        {
            var left = to - minute;
            var step = minute % Day == 0 && left >= Day ? Day : minute % Hour == 0 && left >= Hour ? Hour : 1;
            bar = Bar.Merge(bar, step switch { Day => OfDay(minute / Day), Hour => OfHour(minute / Hour), _ => Minute(minute) });
            minute += step;
        }

        return bar;
    }

    /// <summary>The same, followed by what is known of the next minute after <paramref name="elapsed"/> milliseconds.</summary>
    public Bar RangeAndForming(long from, long formingMinute, int elapsed)
    {
        listing.Source.Fill(formingMinute, _path);
        var forming = _path.At(elapsed);
        return Bar.Merge(Range(from, formingMinute), forming);
    }

    public Bar Minute(long minute)
    {
        Load(minute / Hour);
        return _minutes[minute % Hour];
    }

    private Bar OfHour(long hour)
    {
        Load(hour);
        var bar = Bar.None;
        foreach (ref readonly var minute in _minutes.AsSpan()) bar = Bar.Merge(bar, minute);
        return bar;
    }

    private Bar OfDay(long day)
    {
        var revision = listing.Revision;
        if (listing.Days.TryGet(day, revision, out var bar)) return bar;
        for (var hour = 0; hour < 24; hour++) bar = Bar.Merge(bar, OfHour((day * 24) + hour));
        listing.Days.Keep(day, revision, bar);
        return bar;
    }

    private void Load(long hour)
    {
        var revision = listing.Revision;
        if (_loadedHour == hour && _loadedRevision == revision) return;
        listing.Source.FillHour(hour, _path, _minutes);
        listing.ApplyCorrections(hour, _minutes);
        (_loadedHour, _loadedRevision) = (hour, revision);
    }
}
