using CryptoScreener.Calculation;
using CryptoScreener.Contracts.Candles;

namespace CryptoScreener.MetricsCalculator.Universe;

/// <summary>The closes of one exchange's benchmark: from the database, then from the frames.</summary>
internal sealed class Benchmark
{
    /// <summary>As many minutes as wait for their last mark at most: which of them the benchmark closed.</summary>
    private const int HeardMinutes = 64;

    /// <summary>As far back as closed frames are published again: of these we heard every correction, and the database may not have it yet.</summary>
    private const int FreshMinutes = 15;

    private readonly SortedDictionary<long, double> _heard = [];
    private InstrumentState _state;
    private bool _isWhole;
    private long _told;

    /// <param name="stored">What the database knows of the minutes before the first that is heard.</param>
    public Benchmark(InstrumentState stored) => _state = stored;

    /// <summary>Bars are missing or wrong that the database may have by now.</summary>
    public bool IsOutdated => !_isWhole || _state.NeedsRebuild;

    /// <summary>A frame that repeats a minute corrects it.</summary>
    public void Closed(long minute, double price)
    {
        if (_heard.Count == 0) _isWhole = Continues(_state, minute);
        _heard[minute] = price;
        if (_heard.Count > HeardMinutes) _heard.Remove(_heard.Keys.First());
        Commit(minute, price);
    }

    /// <summary>Stands on what is stored now. False, and nothing changed, while that ends before what we heard begins: persistence is behind.</summary>
    public bool TryStandOn(InstrumentState stored)
    {
        var fresh = _heard.TakeLast(FreshMinutes).ToArray();
        if (fresh.Length > 0 && !Continues(stored, fresh[0].Key)) return false;
        _state = stored;
        foreach (var (minute, price) in fresh) Commit(minute, price);
        return _isWhole = true;
    }

    /// <summary>Null when the benchmark did not close that minute.</summary>
    public BenchmarkCloses? At(long minute) => _heard.ContainsKey(minute) ? BenchmarkCloses.Of(_state, minute) : null;

    private static bool Continues(InstrumentState stored, long minute) => stored.LastClosedMinute >= minute - Timeframe.MinuteMs;

    /// <summary>Only closes are compared. What looks like volume makes what was told later outrank what was told before.</summary>
    private void Commit(long minute, double price) =>
        _state.Commit(new Candle(minute, price, price, price, price, ++_told, _told, 0, 0, 0), CandleSource.Audit);
}
