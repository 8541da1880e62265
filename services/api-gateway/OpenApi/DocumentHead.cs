using CryptoScreener.Hosting;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace CryptoScreener.ApiGateway.OpenApi;

/// <summary>What holds for every route: who may ask, what errors look like.</summary>
internal sealed class DocumentHead(WorkerIdentity identity) : IOpenApiDocumentTransformer
{
    public const string Problem = "Problem";
    public const string ApiKey = "api_key";
    public const string Token = "token";

    private const string Text = """
        Market data, screening, alert rules and deliveries of one CryptoScreener installation. JSON in snake_case; times named `…_at` and
        `timestamp` are ISO 8601 in UTC, times of candles and frames are unix milliseconds. A metric that is not known is null, never zero.
        Errors are problem details (RFC 9457) with a `code` that never changes. Live data: see the WebSocket `/ws/v1` in docs/websocket.md.
        """;

    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo { Title = "CryptoScreener", Version = identity.Version, Description = Text, License = new OpenApiLicense { Name = "MIT", Identifier = "MIT" } };
        document.Servers = []; // wherever it was read from
        document.AddComponent(Problem, ProblemSchema());
        document.AddComponent<IOpenApiSecurityScheme>(ApiKey, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.ApiKey,
            In = ParameterLocation.Header,
            Name = "X-API-Key",
            Description = "A key made with POST /api/v1/api-keys; `Authorization: Bearer <key>` does as well.",
        });
        document.AddComponent<IOpenApiSecurityScheme>(Token, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            BearerFormat = "JWT",
            Description = "A token of the configured issuer.",
        });
        return Task.CompletedTask;
    }

    private static OpenApiSchema ProblemSchema() => new()
    {
        Type = JsonSchemaType.Object,
        Description = "What went wrong, and what to do about it (RFC 9457).",
        Required = new HashSet<string> { "type", "title", "status", "detail", "code", "instance", "correlation_id" },
        Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["type"] = Words("`urn:cryptoscreener:problem:` and the code."),
            ["title"] = Words("The status in words."),
            ["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer },
            ["detail"] = Words("What to do about it."),
            ["code"] = Words("Never changes: programs may rely on it."),
            ["errors"] = new OpenApiSchema
            {
                Type = JsonSchemaType.Object,
                Description = "What is wrong with which field or parameter.",
                AdditionalProperties = new OpenApiSchema { Type = JsonSchemaType.Array, Items = new OpenApiSchema { Type = JsonSchemaType.String } },
            },
            ["instance"] = Words("The path."),
            ["correlation_id"] = Words("Finds the request in the logs; also in the X-Correlation-ID header."),
        },
    };

    private static OpenApiSchema Words(string description) => new() { Type = JsonSchemaType.String, Description = description };
}
