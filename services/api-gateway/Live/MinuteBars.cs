using CryptoScreener.Contracts.Candles;

namespace CryptoScreener.ApiGateway.Live;

/// <summary>Bars of one timeframe made of minutes, the newest two of them: exact, whatever order and how often minutes come. Pure.</summary>
internal sealed class MinuteBars(Timeframe timeframe)
{
    private readonly SortedList<long, Candle> _minutes = [];

    public static long FirstMinute(Timeframe timeframe, long now) => timeframe.OpenOf(now) - timeframe.Milliseconds;

    /// <summary>The newest minute that is known.</summary>
    public long? Last => _minutes.Count == 0 ? null : _minutes.GetKeyAtIndex(_minutes.Count - 1);

    /// <summary>Whether a minute between the first and the last one is not there.</summary>
    public bool HasHole => _minutes.Count > 1 && (_minutes.GetKeyAtIndex(_minutes.Count - 1) - _minutes.GetKeyAtIndex(0)) / Timeframe.MinuteMs >= _minutes.Count;

    public void Put(in Candle minute)
    {
        _minutes[minute.OpenTime] = minute;
        var keep = FirstMinute(timeframe, _minutes.GetKeyAtIndex(_minutes.Count - 1));
        while (_minutes.GetKeyAtIndex(0) < keep) _minutes.RemoveAt(0);
    }

    /// <summary>The bar that a minute belongs to, as far as its minutes are known; null without any.</summary>
    public Candle? BarOf(long minute)
    {
        var open = timeframe.OpenOf(minute);
        Candle? bar = null;
        foreach (var candle in _minutes.Values)
            if (timeframe.OpenOf(candle.OpenTime) == open) bar = bar is { } sofar ? sofar.JoinedWith(candle) : candle with { OpenTime = open };
        return bar;
    }

    /// <summary>Whether all minutes of a bar are known.</summary>
    public bool IsWhole(long open) =>
        _minutes.IndexOfKey(open) is var first and >= 0 && _minutes.IndexOfKey(open + timeframe.Milliseconds - Timeframe.MinuteMs) - first == timeframe.Minutes - 1;

    /// <summary>The last two bars, the older first.</summary>
    public IEnumerable<Candle> Newest()
    {
        if (_minutes.Count == 0) yield break;
        var last = _minutes.GetKeyAtIndex(_minutes.Count - 1);
        if (BarOf(timeframe.OpenOf(last) - 1) is { } older) yield return older;
        yield return BarOf(last)!.Value;
    }
}
