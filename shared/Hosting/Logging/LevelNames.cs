using Serilog.Events;

namespace CryptoScreener.Hosting.Logging;

/// <summary>The levels as the settings call them, not as Serilog does.</summary>
internal static class LevelNames
{
    public static string Of(LogEventLevel level) => level switch
    {
        LogEventLevel.Verbose => "trace",
        LogEventLevel.Debug => "debug",
        LogEventLevel.Information => "information",
        LogEventLevel.Warning => "warning",
        LogEventLevel.Error => "error",
        _ => "critical",
    };
}
