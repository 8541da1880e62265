using CryptoScreener.ApiGateway.Auth;
using CryptoScreener.ApiGateway.Realtime.Channels;
using CryptoScreener.ApiGateway.Realtime.Protocol;

namespace CryptoScreener.ApiGateway.Realtime.Sockets;

/// <summary>Does what one client asks: who it is, what it subscribed to, how often it was forgiven.</summary>
internal sealed class SocketSession(SocketWriter writer, ChannelSet channels, AccountReader accounts, Caller caller, RealtimeOptions options, TimeProvider time)
{
    private const int MaxFailedLogins = 3;

    private readonly Dictionary<string, Subscription> _subscriptions = new(StringComparer.Ordinal);
    private readonly RateGate _rate = new(options.InboundPerSecond, options.InboundPerSecond * 2, time);
    private volatile Caller _caller = caller;
    private int _badMessages;
    private int _failedLogins;

    /// <returns>Why the socket must end; null when it goes on.</returns>
    public async ValueTask<SocketEnd?> HandleAsync(ReadOnlyMemory<byte> utf8, CancellationToken stop)
    {
        if (!_rate.TryTake()) return new SocketEnd(CloseCode.TooManyMessages, $"more than {options.InboundPerSecond} messages a second");
        string? id = null;
        try
        {
            using var message = ClientMessage.Parse(utf8, out id);
            await writer.ReplyAsync(await AnswerAsync(message, stop), stop);
            return null;
        }
        catch (ProtocolException refused)
        {
            await writer.ReplyAsync(new Reply(ServerMessage.Error(id, refused.Code, refused.Message)), stop);
            if (refused.IsAbuse && ++_badMessages >= options.MaxBadMessages) return new SocketEnd(CloseCode.BadMessages, "too many messages that cannot be understood");
            return _failedLogins >= MaxFailedLogins ? new SocketEnd(CloseCode.Unauthenticated, "too many wrong tokens") : null;
        }
    }

    /// <summary>Whether what the client was let in with is still good; what cannot be checked now is.</summary>
    public async ValueTask<bool> IsStillWelcomeAsync(CancellationToken stop) =>
        await _caller.IsStillWelcomeAsync(accounts, time.GetUtcNow(), stop);

    public bool HasExpired => _caller.HasExpired(time.GetUtcNow());

    public void LeaveAll()
    {
        foreach (var subscription in _subscriptions.Values) subscription.Leave();
    }

    private async ValueTask<Reply> AnswerAsync(ClientMessage message, CancellationToken stop) => message.Op switch
    {
        "ping" => new Reply(ServerMessage.Pong(message.Id)),
        "auth" => await AuthenticateAsync(message, stop),
        "subscribe" => await SubscribeAsync(message, stop),
        "unsubscribe" => Unsubscribe(message),
        _ => throw new ProtocolException("unknown_op", "There are auth, subscribe, unsubscribe and ping.", isAbuse: true),
    };

    private async ValueTask<Reply> AuthenticateAsync(ClientMessage message, CancellationToken stop)
    {
        var token = message.Text("token");
        var answer = await accounts.ReadAsync(token, stop);
        if (answer.IsUnknown) throw new ProtocolException("not_ready", answer.Refusal ?? "It cannot be checked now. Try again.");
        if (answer.Account is not { } account)
        {
            _failedLogins++;
            throw new ProtocolException("unauthenticated", answer.Refusal ?? "The token is not known.");
        }

        if (_caller.Account is { IsAnonymous: false } before && !before.IsSameAs(account))
            throw new ProtocolException("forbidden", "This socket is another account's: what it subscribed to would outlive that one's token. Open another socket.");
        _caller = _caller with { Account = account, Credential = token };
        return new Reply(ServerMessage.Ok(message.Id));
    }

    private async ValueTask<Reply> SubscribeAsync(ClientMessage message, CancellationToken stop)
    {
        if (_caller.Account is null) throw new ProtocolException("unauthenticated", "Send {\"op\": \"auth\", \"id\": …, \"token\": …} first.");
        if (_subscriptions.Count >= options.MaxSubscriptions)
            throw new ProtocolException("too_many_subscriptions", $"A socket has at most {options.MaxSubscriptions} subscriptions: unsubscribe, or open another.");
        var (subscription, answer) = await channels.OpenAsync(message, _caller, writer, stop);
        if (!_subscriptions.TryAdd(subscription.Id, subscription))
        {
            subscription.Leave();
            throw new ProtocolException("already_subscribed", $"This socket has that subscription: it is '{subscription.Id}'.");
        }

        return new Reply(answer, Begins: subscription);
    }

    private Reply Unsubscribe(ClientMessage message)
    {
        var id = message.Text("subscription");
        if (!_subscriptions.Remove(id, out var subscription))
            throw new ProtocolException("unknown_subscription", "This socket has no such subscription: give the one that the answer to subscribe named.");
        return new Reply(ServerMessage.Ok(message.Id), Ends: subscription);
    }
}
