using System.Diagnostics;
using NATS.Client.Core.Internal.Protocol;

namespace NATS.Client.Core.Internal.Telemetry;

/// <summary>Carries a trace from publisher to subscriber in the W3C headers of the message. Does nothing while nobody listens.</summary>
internal static class TraceHeaders
{
    private const string TraceParent = "traceparent";
    private const string TraceState = "tracestate";

    public static bool IsOn => NatsInstruments.Activities.HasListeners();

    /// <summary>Begins the span of a publish and writes it into a copy of the headers; the caller's own stay as they are.</summary>
    public static Activity? Begin(string subject, string operation, string inboxPrefix, ref NatsHeaders? headers)
    {
        var activity = NatsInstruments.Activities.StartActivity(
            $"{Destination(subject, inboxPrefix)} {operation}", ActivityKind.Producer);
        if (activity is null)
            return null;
        activity.SetTag("messaging.system", "nats");
        activity.SetTag("messaging.operation", operation);
        activity.SetTag("messaging.destination.name", Destination(subject, inboxPrefix));
        headers = Copy(headers);
        DistributedContextPropagator.Current.Inject(
            activity, headers, static (carrier, name, value) => ((NatsHeaders)carrier!)[name] = value);
        return activity;
    }

    /// <summary>Records that a traced message arrived, as a child of whoever sent it.</summary>
    public static void Arrived(in InboundMessage message, string subject, string inboxPrefix, NatsHeaders? headers)
    {
        if (headers is null || !headers.TryGetLastValue(TraceParent, out var parent))
            return;
        headers.TryGetLastValue(TraceState, out var state);
        if (!ActivityContext.TryParse(parent, state, isRemote: true, out var context))
            return;
        using var activity = NatsInstruments.Activities.StartActivity(
            $"{Destination(subject, inboxPrefix)} receive", ActivityKind.Consumer, context);
        activity?.SetTag("messaging.system", "nats");
        activity?.SetTag("messaging.operation", "receive");
        activity?.SetTag("messaging.destination.name", Destination(subject, inboxPrefix));
        activity?.SetTag("messaging.message.body.size", message.Payload.Length);
    }

    // Two tokens and no more: subjects hold symbols, and a span name per symbol is of no use to anybody.
    private static string Destination(string subject, string inboxPrefix)
    {
        if (subject.StartsWith(inboxPrefix, StringComparison.Ordinal))
            return "inbox";
        var first = subject.IndexOf('.', StringComparison.Ordinal);
        var second = first < 0 ? -1 : subject.IndexOf('.', first + 1);
        return second < 0 ? subject : subject[..second];
    }

    private static NatsHeaders Copy(NatsHeaders? headers)
    {
        var copy = new NatsHeaders();
        if (headers is null)
            return copy;
        foreach (var (key, values) in headers)
            copy[key] = values;
        return copy;
    }
}
