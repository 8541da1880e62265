using System.Text.Json.Nodes;
using System.Threading.Channels;
using CryptoScreener.Messaging.Connection;
using Microsoft.Extensions.Logging.Abstractions;
using NATS.Client.Core;

namespace CryptoScreener.Messaging.Snapshots;

/// <summary>
/// Streams as files, by the server's own snapshots: consistent while everything runs, from one server or a cluster, with
/// sequences, times and ids kept, so that whoever reads by position goes on behind it after a restore.
/// </summary>
public sealed class StreamArchive : IAsyncDisposable
{
    private const int ChunkSize = 128 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly NatsConnection _connection;

    public StreamArchive(MessagingOptions options) => _connection = new NatsConnection(BusConnectionOptions.From(options, NullLoggerFactory.Instance) with
    {
        SubPendingChannelFullMode = BoundedChannelFullMode.Wait, // a lost chunk is a lost snapshot; the server waits for our acknowledgements
        MaxReconnectRetry = 1,
        IgnoreAuthErrorAbort = false, // a job that runs once must say so, not try for ever
    });

    public static IReadOnlyList<string> Names { get; } = [Contracts.Bus.Streams.Candles, Contracts.Bus.Streams.Metrics, Contracts.Bus.Streams.Alerts, Contracts.Bus.Streams.Feed];

    /// <summary>Writes the stream's content.</summary>
    /// <returns>Its description, which <see cref="RestoreAsync"/> wants back; null when the server has no such stream.</returns>
    public async Task<JsonObject?> SaveAsync(string stream, Stream into, CancellationToken stop)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var inbox = _connection.NewInbox();
        var chunks = _connection.SubscribeAsync(inbox, serializer: NatsRawSerializer<byte[]>.Default, cancellationToken: ending.Token);
        await using var cursor = chunks.GetAsyncEnumerator(ending.Token);
        var next = cursor.MoveNextAsync().AsTask(); // subscribes; the answers must find somebody
        await _connection.PingAsync(stop);
        var answer = await AskAsync($"STREAM.SNAPSHOT.{stream}", new() { ["deliver_subject"] = inbox, ["chunk_size"] = ChunkSize, ["no_consumers"] = true }, stop);
        if (answer.Refusal is { } refusal)
        {
            await ending.CancelAsync();
            await next.ContinueWith(static t => t.Exception, TaskScheduler.Default);
            return answer.IsNotFound ? null : throw new StreamArchiveException($"{stream} was not saved: {refusal}");
        }

        while (await next.WaitAsync(Patience, TimeProvider.System, stop))
        {
            var chunk = cursor.Current;
            if (chunk.Data is not { Length: > 0 } data) return DescriptionIn(answer, stream);
            await into.WriteAsync(data, stop);
            if (chunk.ReplyTo is { } acknowledge) await _connection.PublishAsync(acknowledge, cancellationToken: stop);
            next = cursor.MoveNextAsync().AsTask();
        }

        throw new StreamArchiveException($"{stream} was not saved: the connection ended before its last part.");
    }

    /// <summary>Configuration and state of a stream; null when the server has no such stream.</summary>
    public async Task<JsonObject?> DescribeAsync(string stream, CancellationToken stop)
    {
        var answer = await AskAsync($"STREAM.INFO.{stream}", [], stop);
        if (answer.Refusal is not { } refusal) return DescriptionIn(answer, stream);
        return answer.IsNotFound ? null : throw new StreamArchiveException($"{stream} cannot be described: {refusal}");
    }

    /// <summary>Puts a stream back as it was; one of that name that is there is deleted first.</summary>
    public async Task RestoreAsync(string stream, JsonObject description, Stream from, CancellationToken stop)
    {
        await AskAsync($"STREAM.DELETE.{stream}", [], stop);
        var answer = Checked(stream, await AskAsync($"STREAM.RESTORE.{stream}", (JsonObject)description.DeepClone(), stop));
        var subject = answer.DeliverSubject ?? throw new StreamArchiveException($"{stream} was not restored: the server did not say where to.");
        var chunk = new byte[ChunkSize];
        int length;
        while ((length = await from.ReadAtLeastAsync(chunk, ChunkSize, throwOnEndOfStream: false, stop)) > 0)
        {
            var reply = await SendAsync(subject, chunk.AsSpan(0, length).ToArray(), stop);
            if (reply.Length > 0) Checked(stream, ArchiveAnswer.Parse(reply));
        }

        Checked(stream, ArchiveAnswer.Parse(await SendAsync(subject, [], stop)));
    }

    public async ValueTask DisposeAsync() => await _connection.DisposeAsync();

    private static JsonObject DescriptionIn(ArchiveAnswer answer, string stream) =>
        answer.Description ?? throw new StreamArchiveException($"The server's answer does not describe {stream}.");

    private static ArchiveAnswer Checked(string stream, ArchiveAnswer answer) =>
        answer.Refusal is { } refusal ? throw new StreamArchiveException($"{stream} was not restored: {refusal}") : answer;

    private async Task<ArchiveAnswer> AskAsync(string what, JsonObject question, CancellationToken stop) =>
        ArchiveAnswer.Parse(await SendAsync($"$JS.API.{what}", System.Text.Encoding.UTF8.GetBytes(question.ToJsonString()), stop));

    private async Task<byte[]> SendAsync(string subject, byte[] data, CancellationToken stop)
    {
        var answer = await _connection.RequestAsync<byte[], byte[]>(
            subject, data, requestSerializer: NatsRawSerializer<byte[]>.Default, replySerializer: NatsRawSerializer<byte[]>.Default,
            replyOpts: new NatsSubOpts { Timeout = Patience }, cancellationToken: stop);
        return answer.Data ?? [];
    }
}
