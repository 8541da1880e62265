namespace CryptoScreener.AlertEngine.Replay;

internal static partial class ReplayLog
{
    [LoggerMessage(6540, LogLevel.Information, "Replay {Replay} of {Rules} rules begins")]
    internal static partial void Started(ILogger logger, string replay, int rules);

    [LoggerMessage(6541, LogLevel.Information, "Replay {Replay} {Result} after {Took}")]
    internal static partial void Ended(ILogger logger, string replay, string result, TimeSpan took);

    [LoggerMessage(6542, LogLevel.Error, "Replay {Replay} failed; its asker was told that the reason is here. Evaluation goes on")]
    internal static partial void Failed(ILogger logger, string replay, Exception error);
}
