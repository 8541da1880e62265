using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using CryptoScreener.ApiGateway.Edge;
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

    /// <summary>How many rows the pages before had.</summary>
    public static int Skip(QueryReader query, Parameter<string?> parameter)
    {
        if (query.Get(parameter) is not { } cursor) return 0;
        if (TryOpen(cursor, out var place) && int.TryParse(place, NumberStyles.None, CultureInfo.InvariantCulture, out var skip)) return skip;
        query.Refuse(parameter);
        return 0;
    }

    /// <summary>The cursor of the rows behind those that were reached; null when there are none.</summary>
    public static string? After(int reached, int total) => reached < total ? Of(reached.ToString(CultureInfo.InvariantCulture)) : null;

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
