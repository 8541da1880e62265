using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using NATS.Client.Core;
using NATS.Client.JetStream.Internal;

namespace NATS.Client.JetStream;

public partial class NatsJSContext : INatsJSContext
{
    public NatsJSContext(INatsConnection connection)
        : this(connection, new NatsJSOpts(connection.Opts))
    {
    }

    public NatsJSContext(INatsConnection connection, NatsJSOpts opts)
    {
        Nats = connection as NatsConnection
            ?? throw new ArgumentException("JetStream needs a NatsConnection, not another INatsConnection", nameof(connection));
        Opts = opts;
    }

    public INatsConnection Connection => Nats;

    public NatsJSOpts Opts { get; }

    internal NatsConnection Nats { get; }

    /// <summary>One request to the JetStream API; its errors become exceptions.</summary>
    internal async ValueTask<TResponse> CallAsync<TRequest, TResponse>(
        string subject,
        TRequest? request,
        JsonTypeInfo<TRequest> requestJson,
        JsonTypeInfo<TResponse> responseJson,
        CancellationToken cancellationToken)
        where TRequest : class
    {
        var body = request is null ? null : JsonSerializer.SerializeToUtf8Bytes(request, requestJson);
        byte[] answer;
        try
        {
            var reply = await Nats.RequestAsync<byte[], byte[]>(
                $"{Opts.Prefix}.{subject}",
                body,
                requestSerializer: NatsRawSerializer<byte[]>.Default,
                replySerializer: NatsRawSerializer<byte[]>.Default,
                replyOpts: new NatsSubOpts { Timeout = Opts.RequestTimeout },
                cancellationToken: cancellationToken).ConfigureAwait(false);
            answer = reply.Data ?? throw new NatsJSException("The JetStream API sent an empty answer");
        }
        catch (NatsNoReplyException)
        {
            throw new NatsJSApiNoResponseException();
        }

        return Read(answer, responseJson);
    }

    internal static void EnsureValidName(string? name, string paramName)
    {
        ArgumentException.ThrowIfNullOrEmpty(name, paramName);
        if (name.AsSpan().ContainsAny(" .*>"))
            throw new ArgumentException("Stream and consumer names cannot contain ' ', '.', '*' or '>'", paramName);
    }

    /// <exception cref="NatsJSException">It is an error, or cannot be read.</exception>
    internal static TResponse Read<TResponse>(byte[] answer, JsonTypeInfo<TResponse> json)
    {
        try
        {
            if (JsonSerializer.Deserialize(answer, ApiJson.Default.ApiErrorResponse)?.Error is { } error)
                throw new NatsJSApiException(error);
            return JsonSerializer.Deserialize(answer, json) ?? throw new NatsJSException("The JetStream API answered null");
        }
        catch (JsonException e)
        {
            throw new NatsJSException("The JetStream API answered something that is not valid JSON", e);
        }
    }
}
