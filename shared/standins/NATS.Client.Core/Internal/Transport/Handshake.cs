using System.Text;
using NATS.Client.Core.Internal.Protocol;

namespace NATS.Client.Core.Internal.Transport;

/// <summary>INFO, TLS if need be, CONNECT and PING, PONG; then every subscription there is, ahead of anything else.</summary>
internal sealed class Handshake(NatsOpts opts, NatsAuthOpts auth, Uri uri, string tlsHost, InboundBuffer inbound)
{
    private const int SubscriptionChunk = 64 * 1024;

    public async Task<(Stream Stream, ServerInfo Info)> RunAsync(
        Stream stream, SubscriptionTable subscriptions, CancellationToken cancellationToken)
    {
        var mode = opts.TlsOpts.EffectiveMode(uri);
        if (mode == TlsMode.Implicit)
            stream = await TlsClient.AuthenticateAsync(stream, tlsHost, opts.TlsOpts, cancellationToken).ConfigureAwait(false);
        var greeting = await NextAsync(stream, cancellationToken).ConfigureAwait(false);
        if (greeting.Kind != ServerOpKind.Info)
            throw new NatsProtocolViolationException($"{uri.Host}:{uri.Port} did not greet with INFO; is it a NATS server?");
        var info = ServerInfo.Parse(Encoding.UTF8.GetBytes(greeting.Argument));
        var secure = mode == TlsMode.Implicit;
        if (!secure && WantsTls(mode, info))
        {
            // Whatever came in the clear behind the INFO would pass for something the server said under TLS.
            if (inbound.HasUnread)
                throw new NatsProtocolViolationException($"{uri.Host}:{uri.Port} sent plain text between INFO and TLS; somebody may be in the middle");
            stream = await TlsClient.AuthenticateAsync(stream, tlsHost, opts.TlsOpts, cancellationToken).ConfigureAwait(false);
            secure = true;
        }

        var wire = new WireBuffer(1024);
        new ConnectOptions
        {
            Name = opts.Name,
            Echo = opts.Echo,
            TlsRequired = secure,
            User = auth.Username,
            Password = auth.Password,
            AuthToken = auth.Token,
        }.WriteTo(wire);
        wire.Ping();
        await stream.WriteAsync(wire.Memory, cancellationToken).ConfigureAwait(false);
        info = await AcceptedAsync(stream, info, cancellationToken).ConfigureAwait(false);
        await RestoreAsync(stream, subscriptions, cancellationToken).ConfigureAwait(false);
        return (stream, info);
    }

    private bool WantsTls(TlsMode mode, ServerInfo info)
    {
        if (mode == TlsMode.Disable)
        {
            return info.TlsRequired
                ? throw new NatsException($"Server {uri.Host}:{uri.Port} requires TLS but TlsMode is set to Disable")
                : false;
        }

        var offered = info.TlsRequired || info.TlsAvailable;
        return mode == TlsMode.Require && !offered
            ? throw new NatsException($"Server {uri.Host}:{uri.Port} does not support TLS but TlsMode is set to Require")
            : offered;
    }

    private async Task<ServerInfo> AcceptedAsync(Stream stream, ServerInfo info, CancellationToken cancellationToken)
    {
        while (true)
        {
            var answer = await NextAsync(stream, cancellationToken).ConfigureAwait(false);
            switch (answer.Kind)
            {
                case ServerOpKind.Pong:
                    return info;
                case ServerOpKind.Error:
                    throw new NatsServerException(answer.Argument);
                // After authentication some servers say more than they told a stranger.
                case ServerOpKind.Info:
                    info = ServerInfo.Parse(Encoding.UTF8.GetBytes(answer.Argument));
                    break;
            }
        }
    }

    private static async Task RestoreAsync(Stream stream, SubscriptionTable subscriptions, CancellationToken cancellationToken)
    {
        var wire = new WireBuffer(SubscriptionChunk);
        foreach (var subscription in subscriptions.All)
        {
            var place = subscription.Place;
            wire.Subscribe(place.Subject, subscription.QueueGroup, place.Sid);
            if (wire.Count < SubscriptionChunk)
                continue;
            await stream.WriteAsync(wire.Memory, cancellationToken).ConfigureAwait(false);
            wire.Clear();
        }

        if (wire.Count > 0)
            await stream.WriteAsync(wire.Memory, cancellationToken).ConfigureAwait(false);
    }

    private async Task<(ServerOpKind Kind, string Argument)> NextAsync(Stream stream, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (TryNext(out var kind, out var argument))
                return (kind, argument);
            if (!await inbound.FillAsync(stream, cancellationToken).ConfigureAwait(false))
                throw new NatsException($"Server {uri.Host}:{uri.Port} closed the connection during the handshake");
        }
    }

    private bool TryNext(out ServerOpKind kind, out string argument)
    {
        var read = inbound.TryRead(out var op);
        (kind, argument) = read ? (op.Kind, Encoding.UTF8.GetString(op.Argument)) : default;
        if (read)
            inbound.Consume(op);
        return read;
    }
}
