using System.Buffers;
using NATS.Client.Core.Internal.Protocol;

namespace NATS.Client.Core.Internal.Transport;

/// <summary>
/// What has been read from the socket and not yet been understood, always in one piece, so that a message is one span and a
/// payload one memory. Grows for a message larger than itself and shrinks again afterwards.
/// </summary>
internal sealed class InboundBuffer(int capacity, int maxPayload) : IDisposable
{
    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(capacity);
    private int _start;
    private int _end;
    private int _needed;

    public bool HasUnread => _end > _start;

    public bool TryRead(out ServerOp op)
    {
        if (_end - _start < _needed || _start == _end)
        {
            op = default;
            return false;
        }

        if (ServerOpParser.TryRead(_bytes.AsSpan(_start, _end - _start), maxPayload, out op, out _needed))
        {
            _needed = 0;
            return true;
        }

        return false;
    }

    /// <summary>A part of the operation just read; it stays valid until the next <see cref="FillAsync"/>.</summary>
    public ReadOnlyMemory<byte> Slice(int offset, int length) => new(_bytes, _start + offset, length);

    public void Consume(in ServerOp op) => _start += op.Length;

    /// <summary>False when the server has closed the connection.</summary>
    public async ValueTask<bool> FillAsync(Stream stream, CancellationToken cancellationToken)
    {
        MakeRoom();
        var read = await stream.ReadAsync(_bytes.AsMemory(_end), cancellationToken).ConfigureAwait(false);
        _end += read;
        return read > 0;
    }

    public void Dispose()
    {
        var bytes = _bytes;
        _bytes = [];
        ArrayPool<byte>.Shared.Return(bytes);
    }

    private void MakeRoom()
    {
        var unread = _end - _start;
        var size = Math.Max(capacity, _needed);
        if (unread > 0 && _start + size <= _bytes.Length && _end < _bytes.Length)
            return;
        var target = size > _bytes.Length || _bytes.Length > size * 4 ? ArrayPool<byte>.Shared.Rent(size) : _bytes;
        _bytes.AsSpan(_start, unread).CopyTo(target);
        if (target != _bytes)
            ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = target;
        (_start, _end) = (0, unread);
    }
}
