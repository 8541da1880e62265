using System.Reflection;
using CryptoScreener.ApiGateway.Auth;
using CryptoScreener.ApiGateway.Operations;
using CryptoScreener.Hosting;
using Microsoft.Extensions.Options;

namespace CryptoScreener.ApiGateway.Endpoints;

/// <param name="Simulated">Whether any exchange is a simulation; told by the collectors.</param>
internal sealed record Info(string Version, string? Commit, bool Simulated, IReadOnlyList<string> Exchanges, bool AnonymousRead);

internal static class InfoEndpoints
{
    private static readonly string? Commit = typeof(WorkerIdentity).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+') is [_, var commit] ? commit : null;

    public static void MapInfo(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/v1/info", Of).OpenToAll().WithTags("system").WithSummary("What runs here, and whether one may look without an account").Produces<Info>();

    private static Info Of(WorkerIdentity identity, ExchangeBook exchanges, IOptions<AuthOptions> options)
    {
        var now = exchanges.Now();
        return new Info(identity.Version, Commit, now.Any(exchange => exchange.Simulated), [.. now.Select(exchange => exchange.Exchange)], options.Value.AnonymousRead);
    }
}
