namespace CryptoScreener.ExchangeSimulator.Markets;

/// <summary>One instrument as one venue trades it.</summary>
internal sealed class Listing(Instrument instrument, IMinuteSource source)
{
    private volatile IMinuteSource _source = source;
    private volatile int _revision;

    public Instrument Instrument => instrument;

    public IMinuteSource Source => _source;

    /// <summary>Grows when the past or the future changes, so that whoever remembers bars asks again.</summary>
    public int Revision => _revision;

    public DayBars Days { get; } = new();

    /// <summary>When trading ends or ended, in simulated milliseconds.</summary>
    public long EndsAt { get; set; } = long.MaxValue;

    public History OpenHistory() => new(this);

    public void Replace(IMinuteSource source)
    {
        _source = source;
        _revision++;
        Days.Forget();
    }
}
