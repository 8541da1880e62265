using CryptoScreener.ApiGateway.Edge;
using CryptoScreener.ApiGateway.Endpoints;

namespace CryptoScreener.ApiGateway.Auth;

/// <summary>Whether this account may use this route.</summary>
internal sealed class AccessMiddleware(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext http)
    {
        // Unknown paths and wrong methods are no secret, and have their own answers.
        if (http.GetEndpoint() is not RouteEndpoint route) return next(http);
        var access = route.Metadata.GetMetadata<Access>() ?? Access.Default;
        return Refusal(http, access) is { } problem ? problem.ExecuteAsync(http) : next(http);
    }

    private static ApiProblem? Refusal(HttpContext http, Access access)
    {
        if (http.Features.Get<RefusedCredential>() is { } refused) return refused.Problem;
        if (access.IsOpen) return null;
        if (http.FindAccount() is not { } account) return Problem.Unauthenticated("This needs an API key (X-API-Key) or a token (Authorization: Bearer).");
        if (account.IsAnonymous && (access.Known || access.Role > Role.Reader))
            return Problem.Unauthenticated("This needs an account: send an API key (X-API-Key) or a token (Authorization: Bearer).");
        if (account.Role < access.Role) return Problem.Forbidden($"This needs the role {access.Role.Name()}; yours is {account.Role.Name()}.");
        return account.May(access.Area, access.Write)
            ? null
            : Problem.Forbidden($"This needs the scope {access.Area}:{(access.Write ? "write" : "read")}, which your key does not have.");
    }
}
