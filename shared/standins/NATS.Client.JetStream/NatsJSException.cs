using NATS.Client.Core;
using NATS.Client.JetStream.Models;

namespace NATS.Client.JetStream;

public class NatsJSException : NatsException
{
    public NatsJSException(string message)
        : base(message)
    {
    }

    public NatsJSException(string message, Exception exception)
        : base(message, exception)
    {
    }
}

/// <summary>JetStream refused; <see cref="Error"/> says what and carries the numeric code.</summary>
public class NatsJSApiException(ApiError error) : NatsJSException(error.Description ?? string.Empty)
{
    public ApiError Error { get; } = error;
}

/// <summary>A consumer's server ended it with a status: it was deleted, or it is not a pull consumer.</summary>
public class NatsJSProtocolException : NatsJSException
{
    internal NatsJSProtocolException(int headerCode, NatsHeaders.Messages headerMessage, string headerMessageText)
        : base($"JetStream server error: {headerCode} {headerMessageText}")
    {
        HeaderCode = headerCode;
        HeaderMessage = headerMessage;
        HeaderMessageText = headerMessageText;
    }

    public int HeaderCode { get; }

    public NatsHeaders.Messages HeaderMessage { get; }

    public string HeaderMessageText { get; }
}

public class NatsJSDuplicateMessageException(ulong sequence) : NatsJSException($"Duplicate of {sequence}")
{
    public ulong Sequence { get; } = sequence;
}

/// <summary>No acknowledgement came: the message may or may not be stored. Publishing it again with the same id is safe.</summary>
public class NatsJSPublishNoResponseException() : NatsJSException("No response received from the server");

public class NatsJSApiNoResponseException() : NatsJSException("No API response received from the server");

public class NatsJSTimeoutException(string type) : NatsJSException($"{type} timed out")
{
    public string Type { get; } = type;
}
