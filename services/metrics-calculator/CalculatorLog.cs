using CryptoScreener.Contracts.Instruments;

namespace CryptoScreener.MetricsCalculator;

internal static partial class CalculatorLog
{
    [LoggerMessage(5001, LogLevel.Information, "Partition {Partition} owned (epoch {Epoch}): reading candles after sequence {Sequence}, frames after sequence {Framed}")]
    internal static partial void PartitionOwned(ILogger logger, int partition, long epoch, ulong sequence, ulong framed);

    [LoggerMessage(5002, LogLevel.Information, "Partition {Partition} given up")]
    internal static partial void PartitionLost(ILogger logger, int partition);

    [LoggerMessage(5003, LogLevel.Information, "Partition {Partition} warm: {Candles} candles of {Instruments} instruments from the database")]
    internal static partial void Warm(ILogger logger, int partition, int candles, int instruments);

    [LoggerMessage(5004, LogLevel.Debug, "{Instrument}: state built anew from {Candles} stored candles")]
    internal static partial void Rebuilt(ILogger logger, InstrumentId instrument, int candles);
}
