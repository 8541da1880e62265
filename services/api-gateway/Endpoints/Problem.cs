using Microsoft.AspNetCore.Http.HttpResults;

namespace CryptoScreener.ApiGateway.Endpoints;

/// <summary>Every error of the API: problem details with a stable <c>code</c> and what to do about it.</summary>
internal static class Problem
{
    public static ProblemHttpResult UnknownMetric(string name) =>
        Of(StatusCodes.Status400BadRequest, "unknown_metric", $"There is no metric '{name}'. GET /api/v1/catalogue lists them.");

    public static ProblemHttpResult UnknownInstrument(string exchange, string symbol) =>
        Of(StatusCodes.Status404NotFound, "unknown_instrument", $"No instrument '{exchange}:{symbol}' is known. GET /api/v1/metrics lists them.");

    public static ProblemHttpResult BadParameter(string name, string expected) =>
        Of(StatusCodes.Status400BadRequest, "bad_parameter", $"'{name}' must be {expected}.");

    private static ProblemHttpResult Of(int status, string code, string detail) =>
        TypedResults.Problem(detail, statusCode: status, extensions: new Dictionary<string, object?> { ["code"] = code });
}
