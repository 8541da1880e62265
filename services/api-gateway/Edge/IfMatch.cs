namespace CryptoScreener.ApiGateway.Edge;

/// <summary>On a route: it changes only the version that If-Match names, so that nobody's change is lost.</summary>
internal sealed record IfMatch(bool IsRequired);

internal static class IfMatchRoutes
{
    /// <summary>The versions that If-Match names, each up to its dash (see <see cref="ConditionalGet"/>); null when any will do.</summary>
    public static string[]? WantedVersions(this HttpRequest request)
    {
        if (request.Headers.IfMatch.Count == 0) return null;
        var tags = request.Headers.IfMatch.ToString().Split(',', StringSplitOptions.TrimEntries);
        return tags.Contains("*") ? null : [.. tags.Where(tag => tag is ['"', _, .., '"']).Select(tag => tag[1..^1].Split('-')[0])];
    }

    public static T TakesIfMatch<T>(this T route, bool isRequired)
        where T : IEndpointConventionBuilder => route.WithMetadata(new IfMatch(isRequired));
}
