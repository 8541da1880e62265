using System.Buffers.Text;
using NATS.Client.Core.Internal.Protocol;

namespace NATS.Client.Core.Internal;

/// <summary>The one subscription on which all replies arrive.</summary>
internal sealed class RequestInbox : NatsSubBase, IDisposable
{
    private readonly NatsConnection _connection;
    private readonly string _prefix;
    private readonly Lock _gate = new();
    private volatile Task? _subscribed;

    public RequestInbox(NatsConnection connection, string prefix)
        : base(connection, $"{prefix}.*", queueGroup: null)
    {
        _connection = connection;
        _prefix = $"{prefix}.";
    }

    public ReplyTable Table { get; } = new();

    public bool IsReady => _subscribed is { IsCompletedSuccessfully: true };

    /// <summary>Room for any reply subject.</summary>
    public int LongestReplySubject => _prefix.Length + 20;

    /// <summary>Subscribes once; again only where that failed, because a failure kept would fail every request to come.</summary>
    public Task ReadyAsync()
    {
        lock (_gate)
        {
            if (_subscribed is null or { IsFaulted: true } or { IsCanceled: true })
                _subscribed = _connection.AddAsync(this, CancellationToken.None).AsTask();
            return _subscribed;
        }
    }

    public ReadOnlySpan<char> ReplySubject(long token, Span<char> buffer)
    {
        _prefix.CopyTo(buffer);
        token.TryFormat(buffer[_prefix.Length..], out var digits, default, System.Globalization.CultureInfo.InvariantCulture);
        return buffer[..(_prefix.Length + digits)];
    }

    public void Dispose() => Table.Dispose();

    internal override ValueTask ReceiveAsync(in InboundMessage message)
    {
        var digits = message.Subject[Math.Min(_prefix.Length, message.Subject.Length)..];
        if (Utf8Parser.TryParse(digits, out long token, out var used) && used == digits.Length && Table.TryTake(token, out var slot))
            slot.Complete(message);
        return ValueTask.CompletedTask;
    }

    private protected override void Complete()
    {
    }
}
