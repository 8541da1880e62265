using Microsoft.Extensions.Logging;

namespace CryptoScreener.Benchmarks.Hosting;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Debug, "Candle seen: {Symbol} at {Price}")]
    public static partial void Quiet(ILogger logger, string symbol, double price);

    [LoggerMessage(2, LogLevel.Warning, "Candle rejected: {Symbol} at {Price}")]
    public static partial void Rejected(ILogger logger, string symbol, double price);
}
