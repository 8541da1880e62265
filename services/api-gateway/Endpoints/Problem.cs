using CryptoScreener.ApiGateway.Edge;

namespace CryptoScreener.ApiGateway.Endpoints;

/// <summary>The errors of the API by name; <c>code</c> is what clients may rely on.</summary>
internal static class Problem
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(2);

    public static ApiProblem UnknownRule(string id) => NotFound($"There is no rule '{id}'.");

    public static ApiProblem UnknownMetric(string name) =>
        new(StatusCodes.Status400BadRequest, "unknown_metric", $"There is no metric '{name}'. GET /api/v1/catalogue lists them.");

    public static ApiProblem UnknownInstrument(string exchange, string symbol) =>
        new(StatusCodes.Status404NotFound, "unknown_instrument", $"No instrument '{exchange}:{symbol}' is known. GET /api/v1/instruments lists them.");

    public static ApiProblem BadParameter(string name, string expected) => BadParameters(new Dictionary<string, string[]> { [name] = [$"must be {expected}"] });

    public static ApiProblem BadParameters(IReadOnlyDictionary<string, string[]> errors) =>
        new(StatusCodes.Status400BadRequest, "bad_parameter", string.Join(" ", errors.Select(e => $"'{e.Key}' {e.Value[0]}."))) { Errors = errors };

    public static ApiProblem Invalid(string field, string text) => Invalid(new Dictionary<string, string[]> { [field] = [text] });

    public static ApiProblem Invalid(IReadOnlyDictionary<string, string[]> errors) =>
        new(StatusCodes.Status422UnprocessableEntity, "validation_failed", string.Join(" ", errors.Select(e => $"'{e.Key}' {e.Value[0]}."))) { Errors = errors };

    public static ApiProblem BadBody(string why) => new(StatusCodes.Status400BadRequest, "bad_body", why);

    public static ApiProblem NotFound(string what) => new(StatusCodes.Status404NotFound, "not_found", what);

    public static ApiProblem Conflict(string why) => new(StatusCodes.Status409Conflict, "conflict", why);

    public static ApiProblem PreconditionFailed(string why) => new(StatusCodes.Status412PreconditionFailed, "precondition_failed", why);

    public static ApiProblem PreconditionRequired() => new(
        StatusCodes.Status428PreconditionRequired, "precondition_required", "Send If-Match with the ETag that you read, so that nobody's change is lost.");

    public static ApiProblem Forbidden(string why) => new(StatusCodes.Status403Forbidden, "forbidden", why);

    public static ApiProblem Unauthenticated(string why, bool wasGiven = false) => new(StatusCodes.Status401Unauthorized, "unauthenticated", why)
    {
        Challenge = wasGiven ? "Bearer realm=\"cryptoscreener\", error=\"invalid_token\"" : "Bearer realm=\"cryptoscreener\"",
    };

    public static ApiProblem NotReady(string why) => new(StatusCodes.Status503ServiceUnavailable, "not_ready", why) { RetryAfter = Soon };

    public static ApiProblem QuotaExceeded(string why) => new(StatusCodes.Status409Conflict, "quota_exceeded", why);
}
