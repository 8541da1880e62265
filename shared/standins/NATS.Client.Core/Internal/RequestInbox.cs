using System.Buffers.Text;
using NATS.Client.Core.Internal.Protocol;

namespace NATS.Client.Core.Internal;

/// <summary>The one subscription on which all replies arrive.</summary>
internal sealed class RequestInbox : NatsSubBase, IDisposable
{
    private readonly string _prefix;
    private readonly Lazy<Task> _subscribed;

    public RequestInbox(NatsConnection connection, string prefix)
        : base(connection, $"{prefix}.*", queueGroup: null)
    {
        _prefix = $"{prefix}.";
        _subscribed = new Lazy<Task>(() => connection.AddAsync(this, CancellationToken.None).AsTask());
    }

    public ReplyTable Table { get; } = new();

    public bool IsReady => _subscribed is { IsValueCreated: true, Value.IsCompletedSuccessfully: true };

    /// <summary>Room for any reply subject.</summary>
    public int LongestReplySubject => _prefix.Length + 20;

    public Task ReadyAsync() => _subscribed.Value;

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
