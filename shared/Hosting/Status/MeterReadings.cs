using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace CryptoScreener.Hosting.Status;

/// <summary>
/// What this worker's own meters say, for its status messages: the page and the overview show it without a Prometheus.
/// Recording takes one interlocked addition and allocates nothing.
/// </summary>
internal sealed class MeterReadings : IDisposable
{
    private const string OwnMeters = "CryptoScreener.";

    // Told by its modes (user, system), which only together are the time.
    private const string CpuTime = "dotnet.process.cpu.time";

    private static readonly HashSet<string> Foreign = [CpuTime, "dotnet.process.memory.working_set", "http.server.request.duration"];

    private readonly ConcurrentDictionary<Instrument, InstrumentReading> _instruments = new();
    private readonly MeterListener _listener = new();

    private readonly IMeterFactory? _factory;

    /// <param name="factory">This worker's own: of another worker in this process nothing is told. Null for all.</param>
    public MeterReadings(IMeterFactory? factory = null)
    {
        _factory = factory;
        _listener.InstrumentPublished = Listen;
        _listener.SetMeasurementEventCallback<int>(static (_, value, tags, reading) => ((InstrumentReading)reading!).Record(value, tags));
        _listener.SetMeasurementEventCallback<long>(static (_, value, tags, reading) => ((InstrumentReading)reading!).Record(value, tags));
        _listener.SetMeasurementEventCallback<double>(static (_, value, tags, reading) => ((InstrumentReading)reading!).Record(value, tags));
        _listener.Start();
    }

    /// <summary>Every value by its Prometheus name; the quantiles are those since the last call, so one caller only.</summary>
    public Dictionary<string, double> Read()
    {
        _listener.RecordObservableInstruments();
        var values = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var reading in _instruments.Values) reading.AppendTo(values);
        return values.Where(value => double.IsFinite(value.Value)).ToDictionary(StringComparer.Ordinal); // JSON has no words for the others
    }

    public void Dispose() => _listener.Dispose();

    private void Listen(Instrument instrument, MeterListener listener)
    {
        var own = instrument.Meter.Name.StartsWith(OwnMeters, StringComparison.Ordinal);
        if (!own && !Foreign.Contains(instrument.Name)) return;
        if (_factory is not null && instrument.Meter.Scope is { } scope && !ReferenceEquals(scope, _factory)) return;
        var reading = new InstrumentReading(instrument, own || instrument.Name == CpuTime);
        _instruments[instrument] = reading;
        listener.EnableMeasurementEvents(instrument, reading);
    }
}
