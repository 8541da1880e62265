using System.Globalization;

namespace CryptoScreener.ApiGateway.Edge;

/// <summary>Counts each request against its account, or its address where it has none, and says in headers what is left.</summary>
internal sealed class RateLimitMiddleware(RequestDelegate next, CallerRates rates)
{
    internal const string HeaderPrefix = "RateLimit-";

    public Task InvokeAsync(HttpContext http)
    {
        if (rates.Charge(http) is not { } state) return next(http);
        Tell(http.Response.Headers, state);
        return state.IsOver ? Refusal(state).ExecuteAsync(http) : next(http);
    }

    internal static ApiProblem Refusal(RateState state) => new(
        StatusCodes.Status429TooManyRequests, "rate_limited", $"More than {state.Limit} requests in this minute; go on in {state.SecondsLeft} s.")
    {
        RetryAfter = TimeSpan.FromSeconds(state.SecondsLeft),
    };

    // The fields of the IETF draft that clients know.
    private static void Tell(IHeaderDictionary headers, RateState state)
    {
        headers[HeaderPrefix + "Limit"] = state.Limit.ToString(CultureInfo.InvariantCulture);
        headers[HeaderPrefix + "Remaining"] = state.Remaining.ToString(CultureInfo.InvariantCulture);
        headers[HeaderPrefix + "Reset"] = state.SecondsLeft.ToString(CultureInfo.InvariantCulture);
        headers[HeaderPrefix + "Policy"] = $"{state.Limit};w=60";
    }
}
