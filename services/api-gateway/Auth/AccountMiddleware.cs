using CryptoScreener.ApiGateway.Edge;
using CryptoScreener.ApiGateway.Endpoints;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace CryptoScreener.ApiGateway.Auth;

/// <summary>Who asks. A credential that is given must be good, even where none is needed: a typing error shall not pass for a guest.</summary>
internal sealed class AccountMiddleware(RequestDelegate next, AccountReader reader, CallerRates rates, IOptions<AuthOptions> options)
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
            // Who has guessed too often is not even looked up; whom we knew already may share an address with one who guesses.
            if (rates.OverOf(http) is { } over && !reader.Remembers(credential))
            {
                await RateLimitMiddleware.Refusal(over).ExecuteAsync(http);
                return;
            }

            var answer = await reader.ReadAsync(credential, http.RequestAborted);
            if (answer.IsKnown) http.Features.Set(answer.Account);
            else if (answer.IsUnknown) http.Features.Set(new RefusedCredential(Problem.NotReady(answer.Refusal), IsWrong: false));
            else problem = Problem.Unauthenticated(answer.Refusal, wasGiven: true);
        }
        else if (problem is null && options.Value.AnonymousRead)
        {
            http.Features.Set(Account.Anonymous);
        }

        // The refusal is given after the request was counted against its address: guessing is not free.
        if (problem is not null) http.Features.Set(new RefusedCredential(problem, IsWrong: true));
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
/// <param name="IsWrong">False when it could not be checked, which is no fault of the caller's.</param>
internal sealed record RefusedCredential(ApiProblem Problem, bool IsWrong);
