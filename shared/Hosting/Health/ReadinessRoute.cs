using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace CryptoScreener.Hosting.Health;

/// <summary>The readiness report on a path of a worker's own choice, beside the one on its metrics port.</summary>
public static class ReadinessRoute
{
    public static IEndpointConventionBuilder MapReadiness(this IEndpointRouteBuilder routes, string path)
    {
        ArgumentNullException.ThrowIfNull(routes);
        var health = routes.ServiceProvider.GetRequiredService<HealthReporter>();
        return routes.MapGet(path, (RequestDelegate)(http => HealthAnswer.WriteAsync(http, health.Ready())));
    }
}
