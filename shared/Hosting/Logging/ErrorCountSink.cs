using CryptoScreener.Hosting.Telemetry;
using Serilog.Core;
using Serilog.Events;

namespace CryptoScreener.Hosting.Logging;

/// <summary>Every error that is logged counts, by the part of the system it came from, even when its line finds no room in the queue.</summary>
internal sealed class ErrorCountSink(WorkerMetrics metrics) : ILogEventSink
{
    public void Emit(LogEvent logEvent)
    {
        if (logEvent.Level >= LogEventLevel.Error) metrics.Error(LogStream.Of(logEvent));
    }
}
