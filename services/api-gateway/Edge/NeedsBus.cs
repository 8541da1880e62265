using CryptoScreener.ApiGateway.Endpoints;
using CryptoScreener.Messaging.Connection;

namespace CryptoScreener.ApiGateway.Edge;

/// <summary>On a route: it serves what came over the bus, and an empty list would be a lie before the bus was reached.</summary>
internal sealed class NeedsBus
{
    public static readonly NeedsBus Instance = new();
}

internal sealed class BusGate(RequestDelegate next, Bus bus)
{
    private readonly Task _reached = bus.WhenReadyAsync(CancellationToken.None);

    public Task InvokeAsync(HttpContext http) =>
        _reached.IsCompletedSuccessfully || http.GetEndpoint()?.Metadata.GetMetadata<NeedsBus>() is null
            ? next(http)
            : Problem.NotReady("The bus was not reached yet; there is nothing to show until then.").ExecuteAsync(http);
}

internal static class NeedsBusRoutes
{
    public static T NeedsBus<T>(this T route)
        where T : IEndpointConventionBuilder => route.WithMetadata(Edge.NeedsBus.Instance);
}
