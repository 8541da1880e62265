using System.Globalization;
using CryptoScreener.ApiGateway.Edge;
using CryptoScreener.ApiGateway.Endpoints;

namespace CryptoScreener.ApiGateway.Realtime.Sockets;

/// <summary>Answers to those who are not let in.</summary>
internal static class Refusal
{
    private static readonly string[] TokenNames = ["token", "access_token", "api_key", "apikey", "key"];

    public static bool HasTokenInAddress(HttpContext http) => TokenNames.Any(http.Request.Query.ContainsKey);

    public static ApiProblem Origin() => Problem.Forbidden("Pages of this origin may not connect. The setting Realtime:AllowedOrigins names those that may.");

    public static ApiProblem TokenInAddress() => new(
        StatusCodes.Status400BadRequest, "bad_parameter", "Addresses end up in logs: send the token in the Authorization header, as a sub-protocol or in the auth message.");

    public static ApiProblem NoCredential() => Problem.Unauthenticated("This needs an API key (X-API-Key) or a token (Authorization: Bearer).");

    public static ApiProblem NotRead() => Problem.NotReady("The gateway is still reading the alerts. Try again in a few seconds.");

    public static ApiProblem Full() => new(
        StatusCodes.Status503ServiceUnavailable, "full", "This gateway has as many connections as it takes. Try again, or another gateway.")
    { RetryAfter = TimeSpan.FromMinutes(1) };

    public static ApiProblem TooOften(int perMinute) => new(
        StatusCodes.Status429TooManyRequests, "rate_limited", string.Create(CultureInfo.InvariantCulture, $"More than {perMinute} connects in a minute from one address."))
    {
        RetryAfter = TimeSpan.FromMinutes(1),
    };
}
