using System.Buffers;
using System.Text.Json;
using CryptoScreener.ApiGateway.Endpoints;
using CryptoScreener.Hosting;
using Microsoft.AspNetCore.WebUtilities;

namespace CryptoScreener.ApiGateway.Edge;

/// <summary>
/// Every error of the API (RFC 9457): what happened, a <c>code</c> that never changes, what to do about it. Routes of the
/// earlier product answer in that product's shape.
/// </summary>
internal sealed class ApiProblem(int status, string code, string detail) : IResult
{
    public const string ContentType = "application/problem+json";

    // Its readers are people too: quotes and umlauts as they are.
    private static readonly JsonWriterOptions Writing = new() { Encoder = ApiJson.Options.Encoder };

    public int Status => status;

    public string Code => code;

    public string Detail => detail;

    /// <summary>What is wrong with which field or parameter.</summary>
    public IReadOnlyDictionary<string, string[]>? Errors { get; init; }

    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The scheme to authenticate by, as WWW-Authenticate says it.</summary>
    public string? Challenge { get; init; }

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = status;
        response.Headers.CacheControl = "no-store";
        if (RetryAfter is { } pause) response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(pause.TotalSeconds)).ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (Challenge is not null) response.Headers.WWWAuthenticate = Challenge;
        var shape = ErrorShapes.Of(httpContext.Request.Path);
        response.ContentType = shape == ErrorShape.Problem ? ContentType : "application/json";
        var body = new ArrayBufferWriter<byte>(512);
        await using (var json = new Utf8JsonWriter(body, Writing)) Write(json, shape, httpContext);
        response.ContentLength = body.WrittenCount;
        await response.Body.WriteAsync(body.WrittenMemory, CancellationToken.None);
    }

    private void Write(Utf8JsonWriter json, ErrorShape shape, HttpContext http)
    {
        json.WriteStartObject();
        switch (shape)
        {
            case ErrorShape.ErrorAndMessage:
                json.WriteString("error", code);
                json.WriteString("message", detail);
                break;
            case ErrorShape.Udf:
                json.WriteString("s", "error");
                json.WriteString("errmsg", detail);
                break;
            default:
                WriteProblem(json, http);
                break;
        }

        json.WriteEndObject();
    }

    private void WriteProblem(Utf8JsonWriter json, HttpContext http)
    {
        json.WriteString("type", $"urn:cryptoscreener:problem:{code}");
        json.WriteString("title", ReasonPhrases.GetReasonPhrase(status));
        json.WriteNumber("status", status);
        json.WriteString("detail", detail);
        json.WriteString("code", code);
        if (Errors is not null)
        {
            json.WriteStartObject("errors");
            foreach (var (field, texts) in Errors)
            {
                json.WriteStartArray(field);
                foreach (var text in texts) json.WriteStringValue(text);
                json.WriteEndArray();
            }

            json.WriteEndObject();
        }

        json.WriteString("instance", http.Request.Path.Value);
        json.WriteString("correlation_id", Correlation.Current);
    }
}
