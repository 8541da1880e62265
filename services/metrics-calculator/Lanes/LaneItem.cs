using CryptoScreener.Contracts.Candles;

namespace CryptoScreener.MetricsCalculator.Lanes;

internal enum LaneItemKind : byte
{
    /// <summary>A forming candle, heard on the core subscription.</summary>
    Live,

    /// <summary>A closed candle, heard on the core subscription ahead of the stream.</summary>
    Heard,

    /// <summary>A closed candle read from the stream.</summary>
    Stored,

    /// <summary>A closed candle from the database: state only, no frame.</summary>
    History,
}

/// <param name="Silent">The candle's frame was published before a restart: state only.</param>
internal readonly record struct LaneItem(LaneItemKind Kind, int Partition, CandleUpdate Candle, ulong Sequence = 0, bool Silent = false);
