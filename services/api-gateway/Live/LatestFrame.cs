using CryptoScreener.Contracts.Catalogue;
using CryptoScreener.Contracts.Frames;
using CryptoScreener.Contracts.Instruments;

namespace CryptoScreener.ApiGateway.Live;

/// <summary>The newest frame of one instrument. Immutable: a newer one replaces it whole.</summary>
internal sealed record LatestFrame(InstrumentId Instrument, MetricCatalogue Catalogue, FrameHeader Header, double[] Values)
{
    /// <summary>The minute, not later than its calculation: one that is wrong by years must not stay the newest for ever.</summary>
    public long PlausibleMinute => Math.Min(Header.Minute, Header.CalculatedAt);

    /// <summary>A later minute is newer; of one minute the closed frame is; of two forming ones the one calculated later.</summary>
    public bool IsNewerThan(LatestFrame other)
    {
        if (Header.Minute != other.Header.Minute) return Header.Minute > other.Header.Minute;
        if (Header.IsClosed != other.Header.IsClosed) return Header.IsClosed;
        return Header.CalculatedAt >= other.Header.CalculatedAt;
    }
}
