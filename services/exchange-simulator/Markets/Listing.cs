using System.Collections.Concurrent;

namespace CryptoScreener.ExchangeSimulator.Markets;

/// <summary>One instrument as one venue trades it.</summary>
internal sealed class Listing(Instrument instrument, IMinuteSource source)
{
    /// <summary>Far enough away, and near enough to calculate with.</summary>
    public const long Never = long.MaxValue / 4;
    private const int Hour = 60;
    private readonly ConcurrentDictionary<long, byte> _corrected = new();
    private volatile IMinuteSource _source = source;
    private int _revision;

    public Instrument Instrument => instrument;

    public IMinuteSource Source => _source;

    /// <summary>Grows when the past or the future changes, so that whoever remembers bars asks again.</summary>
    public int Revision => Volatile.Read(ref _revision);

    public DayBars Days { get; } = new();

    /// <summary>When trading begins, in simulated milliseconds, on a whole minute.</summary>
    public long ListedAt { get; set; } = instrument.ListedAt;

    /// <summary>When trading ends or ended, likewise.</summary>
    public long EndsAt { get; set; } = Never;

    public long ListedMinute => ListedAt / MinutePath.MillisecondsPerMinute;

    public bool Trades(long minute) => minute >= ListedMinute && minute < EndsAt / MinutePath.MillisecondsPerMinute;

    public History OpenHistory() => new(this);

    public void Replace(IMinuteSource source)
    {
        _source = source;
        Interlocked.Increment(ref _revision);
    }

    /// <summary>The exchange changes its mind about a closed minute: its history tells other numbers than the stream did.</summary>
    public void Correct(long minute)
    {
        _corrected[minute] = 0;
        Interlocked.Increment(ref _revision);
    }

    public void ApplyCorrections(long hour, Span<Bar> minutes)
    {
        if (_corrected.IsEmpty) return;
        for (var i = 0; i < minutes.Length; i++)
            if (_corrected.ContainsKey((hour * Hour) + i)) minutes[i] = Corrected(minutes[i]);
    }

    /// <summary>A late trade two ticks above the close.</summary>
    private Bar Corrected(in Bar bar)
    {
        var price = bar.Close + 2;
        var quote = (long)Math.Round(price * instrument.Tick * instrument.Lot * Bar.QuoteScale);
        return bar with
        {
            Close = price,
            High = Math.Max(bar.High, price),
            Lots = bar.Lots + 1,
            Quote = bar.Quote + quote,
            Trades = bar.Trades + 1,
        };
    }
}
