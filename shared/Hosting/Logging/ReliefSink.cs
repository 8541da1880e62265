using Serilog.Core;
using Serilog.Events;
using Serilog.Parsing;

namespace CryptoScreener.Hosting.Logging;

/// <summary>
/// Looks at the queue with every event, where events enter it and where they leave it: a writer that hangs is noticed by those
/// who log, and relief ends as soon as the writer has caught up.
/// </summary>
internal sealed class ReliefSink(ILogEventSink inner, LogQueue queue, TimeProvider time) : ILogEventSink, IDisposable
{
    private static readonly MessageTemplate LevelChanged = new MessageTemplateParser().Parse(
        "Log queue at {QueueDepth}: writing {MinimumLevel} and above. If this lasts, lower Logging:LogLevel or give the output more room");

    public void Emit(LogEvent logEvent)
    {
        inner.Emit(logEvent);
        if (queue.Adjust()) inner.Emit(Announcement());
    }

    public void Dispose() => (inner as IDisposable)?.Dispose();

    private LogEvent Announcement() => new(
        time.GetUtcNow(),
        LogEventLevel.Warning,
        exception: null,
        LevelChanged,
        [
            new("EventId", new StructureValue([new("Id", new ScalarValue(1020)), new("Name", new ScalarValue("LogLevelChanged"))])),
            new("QueueDepth", new ScalarValue(queue.Depth)),
            new("MinimumLevel", new ScalarValue(queue.Level.MinimumLevel)),
        ]);
}
