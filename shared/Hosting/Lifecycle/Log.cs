using Microsoft.Extensions.Logging;

namespace CryptoScreener.Hosting.Lifecycle;

internal static partial class Log
{
    [LoggerMessage(1010, LogLevel.Information, "Draining: not ready from now on, services stop in order")]
    public static partial void Draining(ILogger logger);

    [LoggerMessage(1011, LogLevel.Information, "Stopped")]
    public static partial void Stopped(ILogger logger);

    [LoggerMessage(1012, LogLevel.Critical, "Could not start")]
    public static partial void StartFailed(ILogger logger, Exception error);

    [LoggerMessage(1013, LogLevel.Critical, "Not drained within {Limit}; what was not handed on is lost or repeated by the next start")]
    public static partial void DrainTimedOut(ILogger logger, TimeSpan limit);

    [LoggerMessage(1014, LogLevel.Warning, "Asked to stop before everything had started")]
    public static partial void StoppedBeforeStarted(ILogger logger);
}
