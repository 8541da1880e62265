namespace CryptoScreener.ApiGateway.Edge;

/// <summary>On a route: it has no opinion on the fields of its body, so none can be wrong.</summary>
internal sealed class AnyBody
{
    public static readonly AnyBody Instance = new();
}

internal static class AnyBodyRoutes
{
    public static T TakesAnyBody<T>(this T route)
        where T : IEndpointConventionBuilder => route.WithMetadata(AnyBody.Instance);
}
