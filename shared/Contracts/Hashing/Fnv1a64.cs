
namespace CryptoScreener.Contracts.Hashing;

/// <summary>FNV-1a, 64 bits: the same on every machine, version and run, which <see cref="string.GetHashCode()"/> is not.</summary>
internal readonly struct Fnv1a64
{
    private const ulong Offset = 14695981039346656037;
    private const ulong Prime = 1099511628211;
    private readonly ulong _state;

    private Fnv1a64(ulong state) => _state = state;

    public ulong Value => _state ^ Offset; // the stored state is xor-ed so that default(Fnv1a64) is the empty hash

    public Fnv1a64 Add(byte value) => new(((Value ^ value) * Prime) ^ Offset);

    public Fnv1a64 Add(long value)
    {
        var hash = this;
        for (var shift = 0; shift < 64; shift += 8) hash = hash.Add((byte)(value >> shift));
        return hash;
    }

    public Fnv1a64 Add(double value) => Add(BitConverter.DoubleToInt64Bits(double.IsNaN(value) ? double.NaN : value));

    public Fnv1a64 Add(ReadOnlySpan<char> text)
    {
        Span<byte> utf8 = stackalloc byte[4];
        var hash = this;
        foreach (var rune in text.EnumerateRunes())
        {
            var length = rune.EncodeToUtf8(utf8);
            foreach (var b in utf8[..length]) hash = hash.Add(b);
        }

        return hash;
    }

    /// <summary>Spreads the low-entropy FNV state over all bits, so that a modulus sees every input bit.</summary>
    public ulong Mixed()
    {
        var h = Value;
        h ^= h >> 33;
        h *= 0xff51afd7ed558ccd;
        h ^= h >> 33;
        h *= 0xc4ceb9fe1a85ec53;
        return h ^ (h >> 33);
    }
}
