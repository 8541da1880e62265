using Serilog;
using Serilog.Configuration;
using Serilog.Core;

namespace CryptoScreener.Hosting.Logging;

/// <summary>What an event passes between the call that logs it and the output: relief, the queue, redaction.</summary>
internal static class LogPipeline
{
    /// <param name="beside">Sees every event at once, on the thread that logs.</param>
    public static Logger Create(LogQueue queue, int capacity, Action<LoggerSinkConfiguration> output, ILogEventSink? beside = null)
    {
        var configuration = new LoggerConfiguration().MinimumLevel.ControlledBy(queue.Level).Enrich.With<CorrelationEnricher>();
        LoggerSinkConfiguration.Wrap(configuration.WriteTo, sink => new ReliefSink(queue.Entry = sink, queue), entry => entry.Async(
            writer => LoggerSinkConfiguration.Wrap(writer, sink => new ReliefSink(new RedactingSink(sink), queue), output),
            monitor: queue,
            bufferSize: capacity,
            // Dropped, not waited for: a log call never holds up the market. LogQueue counts what is lost.
            blockWhenFull: false));
        if (beside is not null) configuration.WriteTo.Sink(beside);
        return configuration.CreateLogger();
    }
}
