namespace CryptoScreener.ExchangeSimulator.Markets;

/// <summary>Counter-based randomness: a number for every (key, counter), computed without the numbers before it.</summary>
internal static class Mix
{
    private const ulong Golden = 0x9E3779B97F4A7C15;

    public static ulong Bits(ulong key, long counter)
    {
        var x = key + ((ulong)counter * Golden);
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
        return x ^ (x >> 31);
    }

    /// <summary>A key for one purpose of one name under one seed; changing any of the three changes every number.</summary>
    public static ulong Key(ulong seed, string name, string purpose)
    {
        var key = Bits(seed, 1);
        foreach (var c in name) key = Bits(key, c);
        key = Bits(key, -1);
        foreach (var c in purpose) key = Bits(key, c);
        return key;
    }

    public static double Uniform(ulong bits) => (bits >> 11) * (1.0 / (1UL << 53));

    /// <summary>A bell of variance one out of four sums: its tails end at 3.5, which a market with pumps and wicks does not miss.</summary>
    public static double Bell(ulong bits)
    {
        var sum = (bits & 0xFFFF) + ((bits >> 16) & 0xFFFF) + ((bits >> 32) & 0xFFFF) + (bits >> 48);
        return ((sum / 65536.0) - 2) * 1.7320508075688772;
    }

    public static double Uniform(ulong key, long counter) => Uniform(Bits(key, counter));

    public static double Bell(ulong key, long counter) => Bell(Bits(key, counter));
}
