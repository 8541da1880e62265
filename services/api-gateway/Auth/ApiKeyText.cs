using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace CryptoScreener.ApiGateway.Auth;

/// <summary>
/// The text of an API key: <c>csk_</c> and 40 random letters and digits (238 bits). So much chance needs no salt and no slow
/// hash: SHA-256 is what is stored and looked up.
/// </summary>
internal static class ApiKeyText
{
    public const string Prefix = "csk_";
    public const int RandomLength = 40;
    private const int ShownLength = 10;
    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private static readonly SearchValues<char> Allowed = SearchValues.Create(Alphabet);

    public static string New() => Prefix + RandomNumberGenerator.GetString(Alphabet, RandomLength);

    public static bool IsPossible(string text) =>
        text.Length == Prefix.Length + RandomLength
        && text.StartsWith(Prefix, StringComparison.Ordinal)
        && text.AsSpan(Prefix.Length).IndexOfAnyExcept(Allowed) < 0;

    public static byte[] HashOf(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));

    /// <summary>What lists show of it.</summary>
    public static string ShownOf(string text) => text[..ShownLength];
}
