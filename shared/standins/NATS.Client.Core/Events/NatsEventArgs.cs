namespace NATS.Client.Core;

public class NatsEventArgs(string message) : EventArgs
{
    public string Message { get; } = message;
}

public class NatsMessageDroppedEventArgs : NatsEventArgs
{
    internal NatsMessageDroppedEventArgs(
        NatsSubBase subscription, int pending, string subject, string? replyTo, NatsHeaders? headers, object? data)
        : base($"Dropped message on {subject}: {pending} messages pending")
    {
        Subscription = subscription;
        Pending = pending;
        Subject = subject;
        ReplyTo = replyTo;
        Headers = headers;
        Data = data;
    }

    public NatsSubBase Subscription { get; }

    public int Pending { get; }

    public string Subject { get; }

    public string? ReplyTo { get; }

    public NatsHeaders? Headers { get; }

    public object? Data { get; }
}

public class NatsSlowConsumerEventArgs : NatsEventArgs
{
    internal NatsSlowConsumerEventArgs(NatsSubBase subscription)
        : base($"Slow consumer detected on subscription {subscription.Subject}") => Subscription = subscription;

    public NatsSubBase Subscription { get; }
}

public class NatsLameDuckModeActivatedEventArgs : NatsEventArgs
{
    internal NatsLameDuckModeActivatedEventArgs(Uri uri)
        : base("Lame duck mode activated") => Uri = uri;

    public Uri Uri { get; }
}

public class NatsServerErrorEventArgs : NatsEventArgs
{
    internal NatsServerErrorEventArgs(string error)
        : base($"Server error {error}") => Error = error;

    public string Error { get; }
}
