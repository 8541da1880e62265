namespace CryptoScreener.Storage;

public enum TimeSeriesKind
{
    /// <summary>Hypertables where the server has the timescaledb extension, otherwise native partitions.</summary>
    Auto,

    Native,

    Timescale,
}
