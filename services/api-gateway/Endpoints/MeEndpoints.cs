using CryptoScreener.ApiGateway.Auth;

namespace CryptoScreener.ApiGateway.Endpoints;

/// <summary>Who the caller is, as the gateway sees it.</summary>
internal sealed record Me(string Subject, string Name, Role Role, bool Anonymous, IReadOnlyList<string> Scopes);

internal static class MeEndpoints
{
    public static void MapMe(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/v1/me", Of).Reads(Scopes.Settings)
            .WithTags("accounts").WithSummary("Who you are to the gateway").Produces<Me>();

    private static Me Of(HttpContext http)
    {
        var account = http.Account();
        return new Me(account.Subject, account.Name, account.Role, account.IsAnonymous, account.Scopes);
    }
}
