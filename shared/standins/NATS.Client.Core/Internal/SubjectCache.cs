using System.Buffers.Binary;
using System.Text;

namespace NATS.Client.Core.Internal;

/// <summary>
/// The strings of the subjects a subscription has seen, found by their bytes, so that the second message on a subject
/// allocates none. Used by one reader at a time. Bounded, in number and in length: a subscription that sees more subjects than
/// this begins anew, and a longer one is made each time, because whoever publishes chooses the subjects. For the same reason a
/// search ends after a few steps: subjects chosen to collide cost a string each, and no more.
/// </summary>
internal sealed class SubjectCache
{
    private const int SmallestTable = 16;
    // Several times the instruments there are. Where each message has a subject of its own, as alerts have, all that is kept is in vain.
    private const int LargestTable = 1 << 15;
    private const int LongestKept = 256;
    private const int LongestSearch = 64;

    private string?[] _table = new string?[SmallestTable];
    private int _count;
    private string _last = string.Empty;

    internal int Count => _count;

    public string Get(ReadOnlySpan<byte> subject)
    {
        if (Ascii.Equals(subject, _last))
            return _last;
        var mask = _table.Length - 1;
        var first = Hash(subject) & mask;
        for (var step = 0; step < LongestSearch; step++)
        {
            var slot = (first + step) & mask;
            if (_table[slot] is not { } candidate)
                return _last = Add(subject, slot);
            if (Ascii.Equals(subject, candidate))
                return _last = candidate;
        }

        return _last = Encoding.UTF8.GetString(subject);
    }

    private string Add(ReadOnlySpan<byte> subject, int slot)
    {
        var text = Encoding.UTF8.GetString(subject);
        // Bytes above ASCII never compare equal and would fill the table with copies.
        if (subject.Length > LongestKept || !Ascii.IsValid(subject))
            return text;
        _table[slot] = text;
        if (++_count * 2 > _table.Length)
            Grow();
        return text;
    }

    private void Grow()
    {
        var old = _table;
        _count = 0;
        if (old.Length == LargestTable)
        {
            _table = new string?[SmallestTable];
            return;
        }

        _table = new string?[old.Length * 2];
        Span<byte> bytes = stackalloc byte[LongestKept];
        foreach (var text in old)
        {
            if (text is not null)
                Reinsert(text, bytes[..Encoding.ASCII.GetBytes(text, bytes)]);
        }
    }

    private void Reinsert(string text, ReadOnlySpan<byte> subject)
    {
        var mask = _table.Length - 1;
        var slot = Hash(subject) & mask;
        while (_table[slot] is not null)
            slot = (slot + 1) & mask;
        _table[slot] = text;
        _count++;
    }

    internal static int Hash(ReadOnlySpan<byte> bytes)
    {
        const ulong Prime = 0x9E3779B97F4A7C15;
        var hash = (ulong)bytes.Length * Prime;
        while (bytes.Length >= sizeof(ulong))
        {
            hash = (hash ^ BinaryPrimitives.ReadUInt64LittleEndian(bytes)) * Prime;
            hash ^= hash >> 32;
            bytes = bytes[sizeof(ulong)..];
        }

        foreach (var b in bytes)
            hash = (hash ^ b) * Prime;
        return (int)(hash >> 33);
    }
}
