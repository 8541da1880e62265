using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace NATS.Client.Core.Internal.Telemetry;

/// <summary>The package's instruments, by its names, so that dashboards need not know which build they look at.</summary>
internal static class NatsInstruments
{
    public static readonly ActivitySource Activities = new(NatsTelemetry.SourceName);

    private static readonly Meter Meter = new(NatsTelemetry.SourceName);

    public static readonly Counter<long> Published = Meter.CreateCounter<long>("messaging.client.published.messages", "{message}", "Messages published");

    public static readonly Counter<long> Consumed = Meter.CreateCounter<long>("messaging.client.consumed.messages", "{message}", "Messages that came");

    public static readonly Histogram<double> OperationDuration = Meter.CreateHistogram(
        "messaging.client.operation.duration",
        "s",
        "How long requests took",
        advice: new InstrumentAdvice<double>
        {
            HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10],
        });

    public static readonly UpDownCounter<long> Subscriptions =
        Meter.CreateUpDownCounter<long>("nats.client.active_subscriptions", "{subscription}", "Subscriptions in force");

    public static readonly Counter<long> Reconnects = Meter.CreateCounter<long>("nats.client.reconnects", "{reconnect}", "Connections made anew");

    public static readonly Counter<long> SentBytes = Meter.CreateCounter<long>("nats.client.sent.bytes", "By", "Bytes sent");

    public static readonly Counter<long> ReceivedBytes = Meter.CreateCounter<long>("nats.client.received.bytes", "By", "Bytes that came");

    public static readonly Counter<long> Dropped = Meter.CreateCounter<long>("nats.client.messages.dropped", "{message}", "Messages that a slow reader lost");
}
