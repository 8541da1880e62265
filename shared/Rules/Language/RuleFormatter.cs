using System.Text;

namespace CryptoScreener.Rules.Language;

/// <summary>
/// Lays an expression out in the one way: spaces, the case of keywords and suffixes. Works on tokens, so that comments,
/// parentheses and line breaks stay the author's. Formatting what is formatted changes nothing.
/// </summary>
public static class RuleFormatter
{
    /// <summary>Null, with the error, when the text is not of the language.</summary>
    public static string? Format(string text, out RuleError? error)
    {
        try
        {
            Parser.Parse(text);
            error = null;
            return Layout(text);
        }
        catch (RuleErrorException e)
        {
            error = e.Error;
            return null;
        }
    }

    private static string Layout(string text)
    {
        var output = new StringBuilder();
        var lexer = new Lexer(text);
        var last = default(Placed);
        for (var token = lexer.Next(); token.Kind != TokenKind.End; token = lexer.Next())
        {
            if (output.Length > 0) output.Append(Between(text, last, token));
            output.Append(TextOf(text, token));
            last = new Placed(token, last.EndsOperand);
        }

        return output.ToString();
    }

    private static string Between(string text, Placed last, Token next)
    {
        if (last.Token.Kind == TokenKind.Comment || text.AsSpan()[last.Token.Span.End..next.Span.Start].Contains('\n')) return "\n";
        var isCall = next.Kind == TokenKind.Open && last.IsCallable;
        return last.IsPrefix || isCall || next.Kind is TokenKind.Close or TokenKind.Comma ? "" : " ";
    }

    private static string TextOf(string text, Token token)
    {
        var written = text.Substring(token.Span.Start, token.Span.Length);
        return token.Kind switch
        {
            TokenKind.Comment => written.TrimEnd(),
            TokenKind.Name => written,
            TokenKind.Number when token.Suffix != NumberSuffix.None => written[..^1] + token.Suffix,
            TokenKind.Number or TokenKind.Duration => written,
            _ => written.ToLowerInvariant(),
        };
    }

    /// <summary>A token and what stood before it, which tells a sign from a minus and a function from an infix word.</summary>
    private readonly record struct Placed(Token Token, bool FollowsOperand)
    {
        public bool EndsOperand => Token.Kind switch
        {
            TokenKind.Number or TokenKind.Duration or TokenKind.Name or TokenKind.Close => true,
            TokenKind.Comment => FollowsOperand,
            _ => false,
        };

        public bool IsPrefix => Token.Kind == TokenKind.Open || (Token.Kind == TokenKind.Minus && !FollowsOperand);

        public bool IsCallable => Token.Kind == TokenKind.Name
            || (!FollowsOperand && Token.Kind is TokenKind.CrossesAbove or TokenKind.CrossesBelow or TokenKind.Crosses);
    }
}
