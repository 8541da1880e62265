namespace CryptoScreener.ApiGateway.Edge;

/// <summary>On a route: it changes only the version that If-Match names, so that nobody's change is lost.</summary>
internal sealed record IfMatch(bool IsRequired);

internal static class IfMatchRoutes
{
    public static T TakesIfMatch<T>(this T route, bool isRequired)
        where T : IEndpointConventionBuilder => route.WithMetadata(new IfMatch(isRequired));
}
