namespace CryptoScreener.Rules.Language;

/// <summary>
/// Where a piece of syntax stands. It is no part of what the syntax says: all spans are equal, so that syntax trees
/// compare by meaning.
/// </summary>
internal readonly struct TextSpan(int start, int length) : IEquatable<TextSpan>
{
    public int Start => start;

    public int Length => length;

    public int End => start + length;

    public TextSpan Through(TextSpan last) => new(start, last.End - start);

    public bool Equals(TextSpan other) => true;

    public override bool Equals(object? obj) => obj is TextSpan;

    public override int GetHashCode() => 0;
}
