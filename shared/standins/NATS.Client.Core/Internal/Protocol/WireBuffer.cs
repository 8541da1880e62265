using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace NATS.Client.Core.Internal.Protocol;

/// <summary>Bytes on their way to the server.</summary>
internal sealed class WireBuffer(int capacity) : IBufferWriter<byte>
{
    private const int LongestNumber = 20;
    private const int SlownessShift = 6;
    private const int Generosity = 4;

    private readonly int _capacity = capacity;
    private byte[] _bytes = new byte[capacity];
    private int _usual;

    public int Count { get; private set; }

    /// <summary>How many published messages are among the bytes.</summary>
    public int Messages { get; set; }

    public ReadOnlyMemory<byte> Memory => new(_bytes, 0, Count);

    public ReadOnlySpan<byte> Span => new(_bytes, 0, Count);

    public void Advance(int count) => Count += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        EnsureRoom(sizeHint);
        return _bytes.AsMemory(Count);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        EnsureRoom(sizeHint);
        return _bytes.AsSpan(Count);
    }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        EnsureRoom(bytes.Length);
        bytes.CopyTo(_bytes.AsSpan(Count));
        Count += bytes.Length;
    }

    public void Write(ReadOnlySpan<char> text)
    {
        EnsureRoom(text.Length * 3);
        Count += Encoding.UTF8.GetBytes(text, _bytes.AsSpan(Count));
    }

    public void Write(int number)
    {
        EnsureRoom(LongestNumber);
        Utf8Formatter.TryFormat(number, _bytes.AsSpan(Count), out var written);
        Count += written;
    }

    public void Truncate(int count) => Count = count;

    /// <summary>Empties the buffer. Room that messages of the usual size need is kept; what one huge message took is given back later.</summary>
    public void Clear()
    {
        // Up at once and down slowly: a sender of large messages never grows its buffer twice.
        _usual = Math.Max(Count, _usual - (_usual >> SlownessShift));
        Count = 0;
        Messages = 0;
        var wanted = Math.Max(_capacity, _usual);
        if (_bytes.Length / Generosity > wanted)
            _bytes = new byte[wanted];
    }

    private void EnsureRoom(int size)
    {
        var needed = Count + Math.Max(size, 1);
        if (needed > _bytes.Length)
            Array.Resize(ref _bytes, Math.Max(needed, _bytes.Length * 2));
    }
}
