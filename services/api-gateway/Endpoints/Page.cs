using System.Diagnostics.CodeAnalysis;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;

namespace CryptoScreener.ApiGateway.Endpoints;

/// <summary>Part of a list that grows; <c>next</c> is the cursor of the part after it, null at the end.</summary>
internal sealed record Page<T>(IReadOnlyList<T> Items, string? Next);

internal static class Page
{
    /// <param name="last">What the last item is found by; it becomes the cursor when the page is full.</param>
    public static Page<T> Of<T>(IReadOnlyList<T> items, int limit, string? last) =>
        new(items, items.Count == limit && last is not null ? Cursors.Of(last) : null);
}

/// <summary>Cursors are opaque to clients, so that what is in them may change.</summary>
internal static class Cursors
{
    private const int MaxLength = 512;

    public static string Of(string place) => WebEncoders.Base64UrlEncode(Encoding.UTF8.GetBytes(place));

    public static bool TryOpen(string cursor, [NotNullWhen(true)] out string? place)
    {
        place = null;
        if (cursor.Length > MaxLength) return false;
        try
        {
            place = Encoding.UTF8.GetString(WebEncoders.Base64UrlDecode(cursor));
            return !place.Any(char.IsControl);
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
