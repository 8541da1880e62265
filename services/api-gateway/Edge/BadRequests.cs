using System.Text.Json;
using CryptoScreener.ApiGateway.Endpoints;
using CryptoScreener.Storage.Connections;

namespace CryptoScreener.ApiGateway.Edge;

/// <summary>Exceptions that are the client's to mend, in words for the client; null for all others.</summary>
internal static class BadRequests
{
    public static ApiProblem TooLarge => new(StatusCodes.Status413PayloadTooLarge, "payload_too_large", "The body is larger than this takes.");

    public static ApiProblem? Explain(Exception error) => error switch
    {
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => TooLarge,
        BadHttpRequestException { InnerException: JsonException json } => Explain(json),
        BadHttpRequestException { StatusCode: StatusCodes.Status408RequestTimeout } =>
            new ApiProblem(StatusCodes.Status408RequestTimeout, "request_timeout", "The body came too slowly."),
        BadHttpRequestException { StatusCode: StatusCodes.Status415UnsupportedMediaType } =>
            new ApiProblem(StatusCodes.Status415UnsupportedMediaType, "unsupported_media_type", "Send the body as application/json."),
        BadHttpRequestException bad => Problem.BadBody(bad.Message),
        JsonException json => Explain(json),
        _ when DatabaseErrors.IsUnstorableText(error) => Problem.BadBody("A text holds a character that cannot be stored, such as U+0000."),
        _ => null,
    };

    private static ApiProblem Explain(JsonException error)
    {
        var field = error.Path is { Length: > 2 } path && path.StartsWith("$.", StringComparison.Ordinal) ? path[2..] : null;
        var text = error switch
        {
            { Message: var m } when m.Contains("could not be mapped", StringComparison.Ordinal) => "is not a field of this",
            { Message: var m } when m.Contains("missing required", StringComparison.Ordinal) => m[m.LastIndexOf(':')..].Trim(':', ' ', '.') + " is missing",
            { Message: var m } when m.Contains("could not be converted", StringComparison.Ordinal) => "has a value of the wrong kind",
            _ => null,
        };
        if (text is null) return Problem.BadBody($"The body is not valid JSON{(error.LineNumber is { } line ? $" (line {line + 1})" : "")}.");
        return field is null ? Problem.BadBody($"The body {text}.") : Problem.Invalid(field, text);
    }
}
