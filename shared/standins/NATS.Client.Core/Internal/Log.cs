using Microsoft.Extensions.Logging;

namespace NATS.Client.Core.Internal;

internal static partial class Log
{
    [LoggerMessage(1001, LogLevel.Debug, "{Name} is connected to NATS {Server}, version {Version}")]
    public static partial void Connected(ILogger logger, string name, string server, string version);

    [LoggerMessage(1011, LogLevel.Information, "{Name} lost NATS {Server}: {Reason}; reconnecting")]
    public static partial void Disconnected(ILogger logger, string name, string server, string reason);

    [LoggerMessage(1012, LogLevel.Warning, "{Name} could not connect to NATS {Server}: {Reason}. Further attempts that fail the same way are logged at debug level")]
    public static partial void ConnectFailed(ILogger logger, string name, string server, string reason);

    [LoggerMessage(1015, LogLevel.Debug, "{Name} could still not connect to NATS {Server}: {Reason}")]
    public static partial void ConnectStillFails(ILogger logger, string name, string server, string reason);

    [LoggerMessage(1013, LogLevel.Error, "{Name} gives up NATS; restart the service once the cause is repaired")]
    public static partial void GaveUp(ILogger logger, Exception reason, string name);

    [LoggerMessage(1014, LogLevel.Information, "NATS {Server} is about to shut down (lame duck mode)")]
    public static partial void LameDuck(ILogger logger, string server);

    [LoggerMessage(1005, LogLevel.Warning, "NATS says: {Error}. If it says so again and nothing else, that is logged at debug level")]
    public static partial void ServerError(ILogger logger, string error);

    [LoggerMessage(1007, LogLevel.Debug, "NATS says again: {Error}")]
    public static partial void ServerErrorAgain(ILogger logger, string error);

    [LoggerMessage(1002, LogLevel.Warning,
        "Slow consumer: subscription {Subject} holds {Pending} messages and drops more; read faster or raise its channel capacity")]
    public static partial void SlowConsumer(ILogger logger, string subject, int pending);

    [LoggerMessage(1006, LogLevel.Error, "A handler of a NATS connection event failed")]
    public static partial void EventHandlerFailed(ILogger logger, Exception error);
}
