namespace CryptoScreener.ApiGateway.Edge;

/// <summary>On a route: what is there already can stand against it.</summary>
internal sealed record MayConflict(string Why);

internal static class ConflictingRoutes
{
    public static T MayConflict<T>(this T route, string why)
        where T : IEndpointConventionBuilder => route.WithMetadata(new MayConflict(why));
}
