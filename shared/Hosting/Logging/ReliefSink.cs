using Serilog.Core;
using Serilog.Events;

namespace CryptoScreener.Hosting.Logging;

/// <summary>
/// Looks at the queue with every event, where events enter it and where they leave it: a writer that hangs is noticed by those
/// who log, and relief ends as soon as the writer has caught up.
/// </summary>
internal sealed class ReliefSink(ILogEventSink inner, LogQueue queue) : ILogEventSink, IDisposable
{
    public void Emit(LogEvent logEvent)
    {
        inner.Emit(logEvent);
        queue.Look();
    }

    public void Dispose() => (inner as IDisposable)?.Dispose();
}
