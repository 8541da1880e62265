namespace NATS.Client.Core;

public class NatsException : Exception
{
    public NatsException(string message)
        : base(message)
    {
    }

    public NatsException(string message, Exception exception)
        : base(message, exception)
    {
    }
}

/// <summary>Nobody answered a request in time.</summary>
public sealed class NatsNoReplyException() : NatsException("No reply received");

/// <summary>The server knows of nobody who listens on the request's subject.</summary>
public sealed class NatsNoRespondersException() : NatsException("No responders");

public sealed class NatsServerException : NatsException
{
    public NatsServerException(string error)
        : base($"Server error: {error}")
    {
        Error = error.ToLowerInvariant();
        IsAuthError = Error.Contains("authorization violation", StringComparison.Ordinal)
            || Error.Contains("user authentication expired", StringComparison.Ordinal)
            || Error.Contains("user authentication revoked", StringComparison.Ordinal)
            || Error.Contains("account authentication expired", StringComparison.Ordinal);
    }

    public string Error { get; }

    public bool IsAuthError { get; }
}

public sealed class NatsPayloadTooLargeException(string error) : NatsException(error);

/// <summary>The connection has given up for good: authentication was refused twice, or the retries are used up.</summary>
public sealed class NatsConnectionFailedException(string message) : NatsException(message);

public sealed class NatsProtocolViolationException(string message) : NatsException(message);

/// <summary>A command could not be handed to the socket within <see cref="NatsOpts.CommandTimeout"/>.</summary>
public sealed class NatsTimeoutException() : NatsException("Operation timed out");

/// <summary>The payload of a received message could not be turned into the type that was asked for.</summary>
public class NatsDeserializeException : NatsException
{
    public NatsDeserializeException(byte[] rawData, Exception inner)
        : base("Exception during deserialization", inner) => RawData = rawData;

    public byte[] RawData { get; }
}

public class NatsHeaderParseException : NatsException
{
    public NatsHeaderParseException(byte[] rawData, Exception inner)
        : base("Exception parsing headers", inner) => RawData = rawData;

    public byte[] RawData { get; }
}
