namespace CryptoScreener.DataCollector.Feeds;

/// <summary>When an instrument's stream last said something, and how often it usually does. Written by its socket, read by the watchdog.</summary>
internal sealed class Pulse
{
    private const int Memory = 16; // frames
    private long _heardAt;
    private long _typicalGap;
    private bool _hasTraded;

    /// <summary>A timestamp of the time provider; 0 before the first frame.</summary>
    public long HeardAt => Volatile.Read(ref _heardAt);

    /// <summary>In ticks of the time provider's timestamp.</summary>
    public long TypicalGap => Volatile.Read(ref _typicalGap);

    /// <summary>Its stream told of a trade: some tell from the listing on that nothing was traded.</summary>
    public bool HasTraded => Volatile.Read(ref _hasTraded);

    /// <summary>Called for every frame: plain arithmetic.</summary>
    public void Beat(long timestamp, bool isTraded)
    {
        if (isTraded && !_hasTraded) Volatile.Write(ref _hasTraded, true);
        var last = _heardAt;
        if (last != 0) Volatile.Write(ref _typicalGap, _typicalGap + ((timestamp - last - _typicalGap) / Memory));
        Volatile.Write(ref _heardAt, timestamp);
    }
}
