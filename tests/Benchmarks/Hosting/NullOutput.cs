using CryptoScreener.Hosting.Logging;
using Serilog.Core;
using Serilog.Events;

namespace CryptoScreener.Benchmarks.Hosting;

/// <summary>Formats every event as in production and throws the text away.</summary>
internal sealed class NullOutput : ILogEventSink, IDisposable
{
    private readonly JsonLogFormatter _formatter = new(new("data-collector", "bench", "0.0.0", UpstreamPackages: false));
    private readonly StreamWriter _text = new(Stream.Null);
    private long _written;

    public long Written => Volatile.Read(ref _written);

    public void Emit(LogEvent logEvent)
    {
        _formatter.Format(logEvent, _text);
        Interlocked.Increment(ref _written);
    }

    public void Dispose() => _text.Dispose();
}
