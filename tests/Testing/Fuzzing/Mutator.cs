using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace CryptoScreener.Testing.Fuzzing;

/// <summary>Inputs near to known ones, where parsers break: damaged, cut, doubled, crossed with others, nested, with numbers at the edge.</summary>
public sealed partial class Mutator(IReadOnlyList<byte[]> corpus, Random random)
{
    private const int Longest = 64 * 1024;

    private static readonly string[] Numbers =
    [
        "0", "-0", "-1", "1e308", "1e-308", "1e309", "9223372036854775807", "9223372036854775808", "-9223372036854775809", "2147483648", "4294967296",
        "0.1", ".5", "5.", "00", "1e", "0x10", "NaN", "Infinity", "-Infinity", "", "99999999999999999999999999999999999999", "１２",
    ];

    private static readonly string[] Oddities =
    [
        "\0", "\r\n", "\"", "\\", "\\u0000", "\\ud800", "{", "}", "[", "]", "(", ")", ":", ",", ".", " ", "\t", "null", "true", "{}", "[]", "\u00e9", "\U0001F600", "\u202e", "\ufeff", "{{", "}}", "|", "--", "/*",
    ];

    private readonly byte[][] _words = [.. corpus.SelectMany(input => Word().Matches(Encoding.Latin1.GetString(input)).Select(match => Encoding.Latin1.GetBytes(match.Value))).DistinctBy(Convert.ToHexString)];

    public byte[] Next()
    {
        var input = Any(corpus);
        for (var changes = random.Next(1, 6); changes > 0; changes--) input = Changed(input);
        return input.Length <= Longest ? input : input[..Longest];
    }

    private byte[] Changed(byte[] input)
    {
        var (from, to) = Range(input);
        return random.Next(11) switch
        {
            0 => Flipped(input),
            1 => Replaced(input, from, Math.Min(from + 1, input.Length), [(byte)random.Next(256)]),
            2 => Replaced(input, from, to, []),
            3 => Replaced(input, to, to, input.AsSpan(from, to - from)),
            4 => Replaced(input, from, from, Encoding.UTF8.GetBytes(Any(Oddities))),
            5 => _words.Length == 0 ? input : Replaced(input, from, to, Any(_words)),
            6 => Crossed(input, from),
            7 => input[..from],
            8 => Nested(input, from),
            9 => WithAnotherNumber(input),
            _ => Moved(input, from, to),
        };
    }

    private byte[] Flipped(byte[] input)
    {
        if (input.Length == 0) return input;
        byte[] changed = [.. input];
        changed[random.Next(changed.Length)] ^= (byte)(1 << random.Next(8));
        return changed;
    }

    private byte[] Crossed(byte[] input, int from)
    {
        var other = Any(corpus);
        return [.. input.AsSpan(0, from), .. other.AsSpan(random.Next(other.Length + 1))];
    }

    private byte[] Nested(byte[] input, int at)
    {
        byte open = Any("([{-!\""u8.ToArray());
        return Replaced(input, at, at, Enumerable.Repeat(open, random.Next(1, 5_000)).ToArray());
    }

    private byte[] WithAnotherNumber(byte[] input)
    {
        var numbers = Number().Matches(Encoding.Latin1.GetString(input));
        if (numbers.Count == 0) return input;
        var one = numbers[random.Next(numbers.Count)];
        var other = random.Next(3) == 0 ? random.NextInt64().ToString(CultureInfo.InvariantCulture) : Any(Numbers);
        return Replaced(input, one.Index, one.Index + one.Length, Encoding.UTF8.GetBytes(other));
    }

    private byte[] Moved(byte[] input, int from, int to)
    {
        byte[] rest = Replaced(input, from, to, []);
        var at = random.Next(rest.Length + 1);
        return Replaced(rest, at, at, input.AsSpan(from, to - from));
    }

    // Short ones more often: a long one leaves little of the input.
    private (int From, int To) Range(byte[] input)
    {
        var from = random.Next(input.Length + 1);
        var longest = random.Next(3) == 0 ? input.Length - from : Math.Min(8, input.Length - from);
        return (from, from + random.Next(longest + 1));
    }

    private T Any<T>(IReadOnlyList<T> list) => list[random.Next(list.Count)];

    private static byte[] Replaced(ReadOnlySpan<byte> input, int from, int to, ReadOnlySpan<byte> by) => [.. input[..from], .. by, .. input[to..]];

    [GeneratedRegex(@"[A-Za-z_]\w*")]
    private static partial Regex Word();

    [GeneratedRegex(@"\d+(\.\d+)?")]
    private static partial Regex Number();
}
