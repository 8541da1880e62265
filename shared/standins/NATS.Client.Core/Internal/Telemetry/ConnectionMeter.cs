using System.Diagnostics;
using NATS.Client.Core.Internal.Transport;

namespace NATS.Client.Core.Internal.Telemetry;

/// <summary>
/// Counts for one connection. Messages are counted by the batch that the socket took or gave, not one by one, so that a meter
/// costs the hot path nothing. Tags name the server dialled, never a subject.
/// </summary>
internal sealed class ConnectionMeter
{
    private KeyValuePair<string, object?>[] _tags = [new("messaging.system", "nats")];

    public void ConnectedTo(ServerAddress server) => _tags =
    [
        new("messaging.system", "nats"),
        new("server.address", server.Host),
        new("server.port", server.Port),
        new("network.protocol.name", "nats"),
        new("network.transport", "tcp"),
    ];

    public void Sent(int messages, int bytes)
    {
        if (messages == 0 || !(NatsInstruments.Published.Enabled || NatsInstruments.SentBytes.Enabled))
            return;
        var tags = Tags("publish");
        NatsInstruments.Published.Add(messages, tags);
        NatsInstruments.SentBytes.Add(bytes, tags);
    }

    public void Received(int messages, int bytes)
    {
        if (messages == 0 || !(NatsInstruments.Consumed.Enabled || NatsInstruments.ReceivedBytes.Enabled))
            return;
        var tags = Tags("receive");
        NatsInstruments.Consumed.Add(messages, tags);
        NatsInstruments.ReceivedBytes.Add(bytes, tags);
    }

    public void Dropped()
    {
        if (NatsInstruments.Dropped.Enabled)
            NatsInstruments.Dropped.Add(1, Tags("receive"));
    }

    public void Reconnected() => NatsInstruments.Reconnects.Add(1, Tags("reconnect"));

    public void Subscribed(int change) => NatsInstruments.Subscriptions.Add(change, Tags("subscribe"));

    /// <summary>0 when nobody measures.</summary>
    public static long Start() => NatsInstruments.OperationDuration.Enabled ? Stopwatch.GetTimestamp() : 0;

    public void Finished(long start, string operation, Exception? error)
    {
        if (start == 0)
            return;
        var tags = Tags(operation);
        if (error is not null)
            tags.Add("error.type", error.GetType().FullName);
        NatsInstruments.OperationDuration.Record(Stopwatch.GetElapsedTime(start).TotalSeconds, tags);
    }

    private TagList Tags(string operation) => new(_tags) { { "messaging.operation", operation } };
}
