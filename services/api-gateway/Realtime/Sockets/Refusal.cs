using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CryptoScreener.ApiGateway.Realtime.Sockets;

/// <summary>Answers to those who are not let in, as problem details like every error of the API.</summary>
internal static class Refusal
{
    private static readonly string[] TokenNames = ["token", "access_token", "api_key", "apikey", "key"];

    public static bool HasTokenInAddress(HttpContext http) => TokenNames.Any(http.Request.Query.ContainsKey);

    public static IResult NoSocket(HttpContext http)
    {
        http.Response.Headers.Upgrade = "websocket";
        return Of(StatusCodes.Status426UpgradeRequired, "upgrade_required", "This is a WebSocket address: connect to it with ws:// or wss://.");
    }

    public static IResult Origin() => Of(
        StatusCodes.Status403Forbidden, "forbidden", "Pages of this origin may not connect. The setting Realtime:AllowedOrigins names those that may.");

    public static IResult TokenInAddress() => Of(
        StatusCodes.Status400BadRequest, "bad_parameter", "Addresses end up in logs: send the token in the Authorization header, as a sub-protocol or in the auth message.");

    public static IResult WrongCredentials() => Of(StatusCodes.Status401Unauthorized, "unauthenticated", "The token is unknown, expired or revoked.");

    public static IResult Full(HttpContext http) => Later(http, StatusCodes.Status503ServiceUnavailable, "full", "This gateway has as many connections as it takes. Try again, or another gateway.");

    public static IResult TooOften(HttpContext http, int perMinute) => Later(
        http, StatusCodes.Status429TooManyRequests, "rate_limited", string.Create(CultureInfo.InvariantCulture, $"More than {perMinute} connects in a minute from one address."));

    public static IResult NotReady(HttpContext http)
    {
        http.Response.Headers.RetryAfter = "2";
        return Of(StatusCodes.Status503ServiceUnavailable, "not_ready", "The gateway is still reading the alerts. Try again in a few seconds.");
    }

    private static ProblemHttpResult Later(HttpContext http, int status, string code, string detail)
    {
        http.Response.Headers.RetryAfter = "60";
        return Of(status, code, detail);
    }

    private static ProblemHttpResult Of(int status, string code, string detail) =>
        TypedResults.Problem(detail, statusCode: status, extensions: new Dictionary<string, object?> { ["code"] = code });
}
