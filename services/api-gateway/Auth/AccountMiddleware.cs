using CryptoScreener.ApiGateway.Edge;
using CryptoScreener.ApiGateway.Endpoints;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace CryptoScreener.ApiGateway.Auth;

/// <summary>Who asks. A credential that is given must be good, even where none is needed: a typing error shall not pass for a guest.</summary>
internal sealed class AccountMiddleware(RequestDelegate next, AccountReader reader, IOptions<AuthOptions> options)
{
    private const string KeyHeader = "X-API-Key";
    private const string Bearer = "Bearer ";

    public async Task InvokeAsync(HttpContext http)
    {
        if (http.GetEndpoint()?.Metadata.GetMetadata<Access>() is { HasOwnCredential: true })
        {
            await next(http);
            return;
        }

        var (credential, problem) = CredentialOf(http.Request);
        if (problem is null && credential is not null)
        {
            var answer = await reader.ReadAsync(credential, http.RequestAborted);
            if (answer.IsKnown) http.Features.Set(answer.Account);
            else problem = answer.IsUnknown ? Problem.NotReady(answer.Refusal) : Problem.Unauthenticated(answer.Refusal, wasGiven: true);
        }
        else if (problem is null && options.Value.AnonymousRead)
        {
            http.Features.Set(Account.Anonymous);
        }

        // The refusal is given after the request was counted against its address: guessing is not free.
        if (problem is not null) http.Features.Set(new RefusedCredential(problem));
        await next(http);
    }

    internal static (string? Credential, ApiProblem? Problem) CredentialOf(HttpRequest request)
    {
        string? key = request.Headers[KeyHeader], authorization = request.Headers[HeaderNames.Authorization];
        if (string.IsNullOrEmpty(authorization)) return (string.IsNullOrEmpty(key) ? null : key, null);
        if (!string.IsNullOrEmpty(key)) return (null, Problem.Unauthenticated($"Send either {KeyHeader} or Authorization, not both.", wasGiven: true));
        return authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
            ? (authorization[Bearer.Length..].Trim(), null)
            : (null, Problem.Unauthenticated("Authorization must be 'Bearer' and a token or an API key.", wasGiven: true));
    }
}

/// <summary>What the caller is told about a credential that was given and is not good.</summary>
internal sealed record RefusedCredential(ApiProblem Problem);
