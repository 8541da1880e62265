using System.Diagnostics.Metrics;

namespace CryptoScreener.Testing;

/// <summary>Adds up what one counter, or one that goes up and down, of one worker said since this listens.</summary>
public sealed class MeteredSum : IDisposable
{
    private readonly MeterListener _listener = new();
    private long _sum;
    private long _highest;

    /// <param name="meters">The worker's: others in this process have counters of the same name.</param>
    /// <param name="only">Only what carries this label; null for all.</param>
    public MeteredSum(IMeterFactory meters, string name, (string Key, string Value)? only = null)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == name && ReferenceEquals(instrument.Meter.Scope, meters)) listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((_, value, labels, _) => Add(value, labels));
        _listener.SetMeasurementEventCallback<int>((_, value, labels, _) => Add(value, labels));
        _listener.Start();

        void Add(long value, ReadOnlySpan<KeyValuePair<string, object?>> labels)
        {
            if (only is not { } label || labels.Contains(new KeyValuePair<string, object?>(label.Key, label.Value))) this.Add(value);
        }
    }

    public long Value => Interlocked.Read(ref _sum);

    public long Highest => Interlocked.Read(ref _highest);

    public void Dispose() => _listener.Dispose();

    private void Add(long value)
    {
        var sum = Interlocked.Add(ref _sum, value);
        for (var highest = Highest; sum > highest; highest = Highest)
            if (Interlocked.CompareExchange(ref _highest, sum, highest) == highest) return;
    }
}
