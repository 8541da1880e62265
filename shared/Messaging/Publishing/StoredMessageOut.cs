using System.Buffers;

namespace CryptoScreener.Messaging.Publishing;

/// <summary>A message on its way into a stream; owns its pooled payload until it is acknowledged or given up.</summary>
internal readonly struct StoredMessageOut
{
    private readonly byte[] _buffer;
    private readonly int _length;

    internal StoredMessageOut(string subject, ReadOnlySpan<byte> payload, string? messageId)
    {
        Subject = subject;
        MessageId = messageId;
        _length = payload.Length;
        _buffer = ArrayPool<byte>.Shared.Rent(Math.Max(1, payload.Length));
        payload.CopyTo(_buffer);
    }

    internal string Subject { get; }

    internal string? MessageId { get; }

    internal ReadOnlyMemory<byte> Payload => _buffer.AsMemory(0, _length);

    internal void Release() => ArrayPool<byte>.Shared.Return(_buffer);
}
