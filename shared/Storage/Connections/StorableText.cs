using System.Diagnostics.CodeAnalysis;

namespace CryptoScreener.Storage.Connections;

/// <summary>What strangers said, as a log keeps it: PostgreSQL has no zero in a text, and nobody reads a novel.</summary>
internal static class StorableText
{
    private const int Longest = 2_000;

    [return: NotNullIfNotNull(nameof(text))]
    public static string? Of(string? text) => text is null ? null : (text.Length > Longest ? text[..Longest] : text).Replace('\0', '\uFFFD');
}
