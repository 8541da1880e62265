using System.Diagnostics.Metrics;

namespace CryptoScreener.IntegrationTests.Messaging;

/// <summary>Counts what one bus says of publishes that were not taken.</summary>
internal sealed class PublishErrors : IDisposable
{
    private readonly MeterListener _listener = new();
    private long _count;

    public PublishErrors(TestBus bus)
    {
        var meters = bus.Get<IMeterFactory>();
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == "nats_publish_errors" && ReferenceEquals(instrument.Meter.Scope, meters)) listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((_, value, _, _) => Interlocked.Add(ref _count, value));
        _listener.Start();
    }

    public long Count => Interlocked.Read(ref _count);

    public void Dispose() => _listener.Dispose();
}
