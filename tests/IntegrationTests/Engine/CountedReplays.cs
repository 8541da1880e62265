using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace CryptoScreener.IntegrationTests.Engine;

/// <summary>What an engine's metrics say of its replays.</summary>
internal sealed class CountedReplays : IDisposable
{
    private readonly MeterListener _listener;
    private readonly ConcurrentDictionary<string, long> _byResult = new(StringComparer.Ordinal);
    private int _durations;

    internal CountedReplays(IMeterFactory meters)
    {
        _listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name is "alert_engine_replays" or "alert_engine_replay_duration" && instrument.Meter.Scope == meters)
                    listener.EnableMeasurementEvents(instrument);
            },
        };
        _listener.SetMeasurementEventCallback<long>((_, count, tags, _) => _byResult.AddOrUpdate((string)tags[0].Value!, count, (_, before) => before + count));
        _listener.SetMeasurementEventCallback<double>((_, _, _, _) => Interlocked.Increment(ref _durations));
        _listener.Start();
    }

    internal int Durations => Volatile.Read(ref _durations);

    internal string ByResult => string.Join(' ', _byResult.Where(result => result.Value > 0).OrderBy(result => result.Key).Select(result => $"{result.Key}:{result.Value}"));

    public void Dispose() => _listener.Dispose();
}
