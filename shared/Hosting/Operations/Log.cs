using Microsoft.Extensions.Logging;

namespace CryptoScreener.Hosting.Operations;

internal static partial class Log
{
    [LoggerMessage(1001, LogLevel.Information, "Metrics and health at {Address}")]
    public static partial void Listening(ILogger logger, Uri address);
}
