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

    [LoggerMessage(5004, LogLevel.Debug, "{Instrument}: state built anew from {Candles} stored bars and minutes")]
    internal static partial void Rebuilt(ILogger logger, InstrumentId instrument, int candles);

    [LoggerMessage(5005, LogLevel.Information, "The catalogue grew from {Before} to {Now} metrics by what is demanded; instruments are fed anew for it one by one")]
    internal static partial void PlanChanged(ILogger logger, int before, int now);

    [LoggerMessage(5006, LogLevel.Warning, "The demanded metric {Name} is not calculated: {Objection}")]
    internal static partial void DemandRefused(ILogger logger, string name, string objection);
}
