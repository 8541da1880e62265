using System.Text;
using NATS.Client.Core.Internal.Protocol;

namespace NATS.Client.Core.Internal.Transport;

/// <summary>One TCP connection from its greeting to its end. The connection object lives through many of them.</summary>
internal sealed class Session : IAsyncDisposable
{
    private readonly NatsConnection _connection;
    private readonly Stream _stream;
    private readonly InboundBuffer _inbound;
    private int _unanswered;

    private Session(NatsConnection connection, ServerAddress address, Stream stream, InboundBuffer inbound, ServerInfo info)
    {
        _connection = connection;
        _stream = stream;
        _inbound = inbound;
        Address = address;
        Info = info;
    }

    public ServerAddress Address { get; }

    public ServerInfo Info { get; }

    /// <summary>Dials, greets, authenticates and restores the subscriptions.</summary>
    public static async Task<Session> OpenAsync(
        NatsConnection connection, ServerAddress address, string tlsHost, CancellationToken cancellationToken)
    {
        var opts = connection.Opts;
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(opts.ConnectTimeout);
        var inbound = new InboundBuffer(opts.ReaderBufferSize, opts.MaxPayloadHardCap);
        Stream? stream = null;
        try
        {
            stream = await Dialer.DialAsync(address, timeout.Token).ConfigureAwait(false);
            var handshake = new Handshake(opts, connection.Auth, address.Uri, tlsHost, inbound);
            (stream, var info) = await handshake.RunAsync(stream, connection.Subscriptions, timeout.Token).ConfigureAwait(false);
            return new Session(connection, address, stream, inbound, info);
        }
        catch (Exception e)
        {
            if (stream is not null)
                await stream.DisposeAsync().ConfigureAwait(false);
            inbound.Dispose();
            if (e is OperationCanceledException && !cancellationToken.IsCancellationRequested)
                throw new NatsException($"No connection to {address} within {opts.ConnectTimeout.TotalSeconds} s", e);
            throw;
        }
    }

    /// <summary>Sends and receives until the connection breaks; gives the reason.</summary>
    public async Task<Exception?> RunAsync(CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _connection.Outbound.StartWriter(_stream);
        var reading = ReadAsync(ending.Token);
        var writing = WriteAsync(ending.Token);
        var watching = WatchAsync(ending.Token);
        var first = await Task.WhenAny(reading, writing, watching).ConfigureAwait(false);

        await ending.CancelAsync().ConfigureAwait(false);
        _connection.Outbound.StopWriter();
        await _stream.DisposeAsync().ConfigureAwait(false);
        await Task.WhenAll(QuietlyAsync(reading), QuietlyAsync(writing), QuietlyAsync(watching)).ConfigureAwait(false);
        return first.Exception?.InnerException;
    }

    public async ValueTask DisposeAsync()
    {
        await _stream.DisposeAsync().ConfigureAwait(false);
        _inbound.Dispose();
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        do
        {
            while (!cancellationToken.IsCancellationRequested)
            {
                // Everything that arrived together is handed out without coming back here, unless a reader is full.
                if (Dispatch() is not { } full)
                    break;
                // The subscription may wait for its reader for ever, the session's end must not.
                await full.AsTask().WaitAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        while (await _inbound.FillAsync(_stream, cancellationToken).ConfigureAwait(false));
    }

    // Null when all that could be read has been; otherwise what to wait for before going on.
    private ValueTask? Dispatch()
    {
        var (messages, bytes) = (0, 0);
        ValueTask? full = null;
        while (full is null && _inbound.TryRead(out var op))
        {
            if (op.Kind == ServerOpKind.Message)
            {
                messages++;
                bytes += op.Length;
            }

            var handled = op.Kind == ServerOpKind.Message ? Deliver(op) : Obey(op);
            _inbound.Consume(op);
            if (!handled.IsCompletedSuccessfully)
                full = handled;
        }

        _connection.Meter.Received(messages, bytes);
        return full;
    }

    private ValueTask Deliver(in ServerOp op)
    {
        if (_connection.Subscriptions.Find(op.Sid) is not { } subscription)
            return ValueTask.CompletedTask;
        var headers = _inbound.Slice(op.BodyOffset, op.HeaderLength);
        var payload = _inbound.Slice(op.BodyOffset + op.HeaderLength, op.PayloadLength);
        return subscription.ReceiveAsync(new InboundMessage(op.Subject, op.ReplyTo, headers, payload, op.Sid));
    }

    private ValueTask Obey(in ServerOp op)
    {
        switch (op.Kind)
        {
            case ServerOpKind.Ping:
                _connection.Outbound.Pong();
                break;
            case ServerOpKind.Pong:
                _unanswered = 0;
                _connection.Pings.Pong();
                break;
            case ServerOpKind.Info:
                _connection.OnInfo(ServerInfo.Parse(op.Argument), Address);
                break;
            case ServerOpKind.Error:
                _connection.OnServerError(Encoding.UTF8.GetString(op.Argument));
                break;
        }

        return ValueTask.CompletedTask;
    }

    private async Task WriteAsync(CancellationToken cancellationToken)
    {
        while (await _connection.Outbound.TakeAsync().ConfigureAwait(false) is { } bytes)
        {
            try
            {
                await _stream.WriteAsync(bytes.Memory, cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                // Also when the write failed: part of it may have arrived, and sending twice is worse than the loss of core
                // messages, which no caller was promised. JetStream publishes notice by their missing acknowledgement.
                _connection.Outbound.GiveBack(bytes);
            }
        }
    }

    private async Task WatchAsync(CancellationToken cancellationToken)
    {
        var opts = _connection.Opts;
        if (opts.PingInterval <= TimeSpan.Zero)
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken).ConfigureAwait(false);
        using var timer = new PeriodicTimer(opts.PingInterval);
        while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false))
        {
            if (Interlocked.Increment(ref _unanswered) > opts.MaxPingOut)
                throw new NatsException($"The server left {opts.MaxPingOut} PINGs unanswered");
            _connection.Pings.Probe();
        }
    }

    private static async Task QuietlyAsync(Task task)
    {
        try
        {
            await task.ConfigureAwait(false);
        }
        catch (Exception)
        {
            // The first failure was the cause; this one only follows from it.
        }
    }
}
