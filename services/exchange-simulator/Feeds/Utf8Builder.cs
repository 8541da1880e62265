using System.Buffers.Text;

namespace CryptoScreener.ExchangeSimulator.Feeds;

/// <summary>Writes JSON text into a given span without allocating. The caller provides enough room.</summary>
internal ref struct Utf8Builder(Span<byte> room)
{
    private readonly Span<byte> _room = room;
    private int _length;

    public readonly ReadOnlySpan<byte> Written => _room[.._length];

    public readonly int Length => _length;

    public void Raw(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_room[_length..]);
        _length += bytes.Length;
    }

    public void Number(long value)
    {
        Utf8Formatter.TryFormat(value, _room[_length..], out var written);
        _length += written;
    }

    /// <summary>A whole number of 10^-digits as plain decimal text, all digits written: 1234 with two digits is 12.34.</summary>
    public void Decimal(long value, int digits)
    {
        if (value < 0)
        {
            _room[_length++] = (byte)'-';
            value = -value;
        }

        var (whole, fraction) = Math.DivRem(value, Powers[digits]);
        Number(whole);
        if (digits == 0) return;
        _room[_length] = (byte)'.';
        for (var i = _length + digits; i > _length; i--)
        {
            (fraction, var digit) = Math.DivRem(fraction, 10);
            _room[i] = (byte)('0' + digit);
        }

        _length += digits + 1;
    }

    private static readonly long[] Powers = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000];
}
