using CryptoScreener.DataCollector.Candles;

namespace CryptoScreener.DataCollector.Gaps;

/// <summary>A run of minutes of one instrument that is not on the bus. It grows at its end while the cause lasts.</summary>
internal sealed class Gap(FollowedInstrument instrument, long first, long through, string cause, DateTimeOffset foundAt)
{
    public FollowedInstrument Instrument { get; } = instrument;

    public string Cause { get; } = cause;

    public DateTimeOffset FoundAt { get; } = foundAt;

    /// <summary>Open time of the minute that names it, on FEED and in the table.</summary>
    public long First { get; } = first;

    /// <summary>The first minute that is still to be fetched.</summary>
    public long From { get; set; } = first;

    public long Through { get; set; } = through;

    /// <summary>Through which minute it was announced and noted; 0 before.</summary>
    public long AnnouncedThrough { get; set; }

    public bool Holds(long minute) => From <= minute && minute <= Through;
}
