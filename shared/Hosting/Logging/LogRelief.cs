using Serilog.Events;

namespace CryptoScreener.Hosting.Logging;

/// <summary>
/// Which levels are still written when the queue fills: above 80 % only warnings and worse, above 95 % only errors and worse,
/// until it has fallen to 20 %. Less is written early, so that what matters is not dropped late.
/// </summary>
internal static class LogRelief
{
    public static LogEventLevel Next(LogEventLevel now, int depth, int capacity)
    {
        var fill = (double)depth / capacity;
        if (fill <= 0.20) return LogEventLevel.Verbose;
        if (fill > 0.95) return LogEventLevel.Error;
        return fill > 0.80 && now < LogEventLevel.Warning ? LogEventLevel.Warning : now;
    }
}
