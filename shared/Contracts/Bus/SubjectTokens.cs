namespace CryptoScreener.Contracts.Bus;

/// <summary>Reads the tokens of a subject in place.</summary>
public static class SubjectTokens
{
    /// <summary>The token at a zero-based position; empty when there are fewer.</summary>
    public static ReadOnlySpan<char> Token(ReadOnlySpan<char> subject, int position)
    {
        for (; position > 0; position--)
        {
            var dot = subject.IndexOf('.');
            if (dot < 0) return default;
            subject = subject[(dot + 1)..];
        }

        var end = subject.IndexOf('.');
        return end < 0 ? subject : subject[..end];
    }

    /// <summary>Whether a candle or metrics subject speaks of a whole exchange: a mark.</summary>
    public static bool IsMark(ReadOnlySpan<char> subject) => subject.Count('.') == 3;

    public static ReadOnlySpan<char> Exchange(ReadOnlySpan<char> subject) => Token(subject, 3);

    public static ReadOnlySpan<char> Symbol(ReadOnlySpan<char> subject) => Token(subject, 4);
}
