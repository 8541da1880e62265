using System.Diagnostics.Metrics;
using Serilog.Core;
using Serilog.Events;
using Serilog.Sinks.Async;

namespace CryptoScreener.Hosting.Logging;

/// <summary>The queue between the code that logs and the thread that writes, and the level that relieves it.</summary>
internal sealed class LogQueue : IAsyncLogEventSinkMonitor
{
    private readonly TimeProvider _time;
    private volatile IAsyncLogEventSinkInspector? _inspector;
    private readonly Lock _changing = new();

    public LogQueue(IMeterFactory meters, TimeProvider time)
    {
        _time = time;
        var meter = meters.Create("CryptoScreener.Logging");
        meter.CreateObservableGauge("log_queue_depth", () => Depth, description: "Log events waiting for the writer.");
        meter.CreateObservableGauge("log_queue_capacity", () => _inspector?.BufferSize ?? 0, description: "Log events the queue can hold.");
        meter.CreateObservableCounter("log_events_dropped", () => Dropped, description: "Log events that found the queue full.");
    }

    public LoggingLevelSwitch Level { get; } = new(LogEventLevel.Verbose);

    /// <summary>Where events enter the queue.</summary>
    public ILogEventSink? Entry { get; set; }

    public int Depth => _inspector?.Count ?? 0;

    public long Dropped => _inspector?.DroppedMessagesCount ?? 0;

    public void StartMonitoring(IAsyncLogEventSinkInspector inspector) => _inspector = inspector;

    public void StopMonitoring(IAsyncLogEventSinkInspector inspector) => _inspector = null;

    /// <summary>Fits the level to the queue. A change is announced in the queue itself, in its place among the events.</summary>
    public void Look()
    {
        if (_inspector is not { } inspector) return;

        if (LogRelief.Next(Level.MinimumLevel, inspector.Count, inspector.BufferSize) == Level.MinimumLevel) return;
        LogEventLevel next;
        lock (_changing) // rarely: what one thread raised, another must not see half of and undo
        {
            next = LogRelief.Next(Level.MinimumLevel, inspector.Count, inspector.BufferSize);
            if (next == Level.MinimumLevel) return;
            Level.MinimumLevel = next;
        }

        Entry?.Emit(LevelChange.Announcement(_time.GetUtcNow(), next, inspector.Count));
    }
}
