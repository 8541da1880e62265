using System.Diagnostics.CodeAnalysis;

namespace CryptoScreener.Contracts.Instruments;

/// <summary>
/// One instrument of one exchange, written <c>binance-futures:BTCUSDT</c>. Both parts become tokens of bus subjects,
/// so neither may hold white space or the characters <c>. * &gt; :</c>.
/// </summary>
/// <remarks>A class, so that passing it costs one reference and its text and hash are made once per instrument.</remarks>
public sealed class InstrumentId : IEquatable<InstrumentId>, IComparable<InstrumentId>
{
    private const int MaxPartLength = 64;
    private readonly string _text;
    private readonly int _hash;

    public InstrumentId(string exchange, string symbol)
    {
        if (!IsToken(exchange)) throw new ArgumentException($"'{exchange}' cannot be an exchange name: {TokenRule}", nameof(exchange));
        if (!IsToken(symbol)) throw new ArgumentException($"'{symbol}' cannot be a symbol: {TokenRule}", nameof(symbol));
        Exchange = exchange;
        Symbol = symbol;
        _text = $"{exchange}:{symbol}";
        _hash = string.GetHashCode(_text, StringComparison.Ordinal);
    }

    public const string TokenRule = "1 to 64 characters, no white space, control characters or any of . * > :";

    public string Exchange { get; }

    public string Symbol { get; }

    public static bool IsToken([NotNullWhen(true)] string? text)
    {
        if (text is not { Length: > 0 and <= MaxPartLength }) return false;
        foreach (var c in text)
            if (char.IsWhiteSpace(c) || char.IsControl(c) || c is '.' or '*' or '>' or ':') return false;
        return true;
    }

    public static bool TryParse(string? text, [NotNullWhen(true)] out InstrumentId? instrument)
    {
        instrument = null;
        var colon = text?.IndexOf(':') ?? -1;
        if (colon < 0) return false;
        var (exchange, symbol) = (text![..colon], text[(colon + 1)..]);
        if (!IsToken(exchange) || !IsToken(symbol)) return false;
        instrument = new InstrumentId(exchange, symbol);
        return true;
    }

    public static InstrumentId Parse(string text) => TryParse(text, out var instrument)
        ? instrument
        : throw new FormatException($"'{text}' is not an instrument; write it as exchange:SYMBOL, for instance binance-futures:BTCUSDT");

    public bool Equals(InstrumentId? other) =>
        ReferenceEquals(this, other) || (other is not null && _hash == other._hash && _text == other._text);

    public override bool Equals(object? obj) => Equals(obj as InstrumentId);

    public override int GetHashCode() => _hash;

    public int CompareTo(InstrumentId? other) => string.CompareOrdinal(_text, other?._text);

    public override string ToString() => _text;

    public static bool operator ==(InstrumentId? left, InstrumentId? right) => left?.Equals(right) ?? right is null;

    public static bool operator !=(InstrumentId? left, InstrumentId? right) => !(left == right);

    public static bool operator <(InstrumentId left, InstrumentId right) => left.CompareTo(right) < 0;

    public static bool operator >(InstrumentId left, InstrumentId right) => left.CompareTo(right) > 0;

    public static bool operator <=(InstrumentId left, InstrumentId right) => left.CompareTo(right) <= 0;

    public static bool operator >=(InstrumentId left, InstrumentId right) => left.CompareTo(right) >= 0;
}
