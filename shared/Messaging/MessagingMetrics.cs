using System.Diagnostics.Metrics;
using CryptoScreener.Messaging.Connection;
using Microsoft.Extensions.Options;

namespace CryptoScreener.Messaging;

/// <summary>What the bus client counts. No label is ever a subject: those hold symbols.</summary>
internal sealed class MessagingMetrics
{
    public const string MeterName = "CryptoScreener.Messaging";

    private readonly Counter<long> _published;
    private readonly Counter<long> _received;
    private readonly Counter<long> _errors;
    private readonly UpDownCounter<long> _lag;

    public MessagingMetrics(IMeterFactory meters, IOptions<MessagingOptions> options)
    {
        var meter = meters.Create(MeterName);
        _published = meter.CreateCounter<long>("nats_messages_published", description: "Messages published to the bus");
        _received = meter.CreateCounter<long>("nats_messages_received", description: "Messages received from the bus");
        _errors = meter.CreateCounter<long>("nats_publish_errors", description: "Publishes the bus did not take at the first try");
        _lag = meter.CreateUpDownCounter<long>("nats_consumer_lag_messages", description: "Messages stored on the bus that this worker has yet to read, by stream");
        CertificateExpiry.Measure(meter, options.Value);
        _published.Add(0);
        _received.Add(0);
        _errors.Add(0);
    }

    public void Published() => _published.Add(1);

    public void Received() => _received.Add(1);

    public void PublishFailed() => _errors.Add(1);

    /// <summary>By how much a reader fell behind or caught up.</summary>
    public void Lagging(string stream, long change) => _lag.Add(change, new KeyValuePair<string, object?>("stream", stream));
}
