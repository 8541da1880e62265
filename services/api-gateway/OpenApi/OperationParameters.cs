using System.Text.Json.Nodes;
using CryptoScreener.ApiGateway.Auth;
using CryptoScreener.ApiGateway.Edge;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace CryptoScreener.ApiGateway.OpenApi;

/// <summary>What a route takes beside its path and body: its declared query and the headers that mean something to it.</summary>
internal sealed class OperationParameters : IOpenApiOperationTransformer
{
    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        var method = context.Description.HttpMethod!;
        operation.OperationId = IdOf(method, context.Description.RelativePath!);
        operation.Parameters ??= [];
        foreach (var parameter in metadata.OfType<QueryOf>().LastOrDefault()?.Parameters ?? []) operation.Parameters.Add(OfQuery(parameter));
        if (metadata.OfType<Tagged>().Any()) operation.Parameters.Add(Header("If-None-Match", "The ETag of what you have: 304 when it is still the same."));
        if (metadata.OfType<IfMatch>().LastOrDefault() is { } match) operation.Parameters.Add(Header("If-Match", "The ETag that you read.", match.IsRequired));
        if (TakesIdempotencyKey(method, metadata))
            operation.Parameters.Add(Header("Idempotency-Key", "Sent again within a day the request happens once and gets its first answer."));
        return Task.CompletedTask;
    }

    public static bool TakesIdempotencyKey(string method, IList<object> metadata) => method == "POST" && metadata.OfType<Access>().LastOrDefault() is { Write: true };

    /// <summary><c>get_candles_exchange_symbol</c></summary>
    private static string IdOf(string method, string path) =>
        $"{method.ToLowerInvariant()}_{string.Join('_', path.Replace("api/v1/", "", StringComparison.Ordinal).Split(['/', '{', '}', '-', '.'], StringSplitOptions.RemoveEmptyEntries))}";

    private static OpenApiParameter OfQuery(Parameter parameter) => new()
    {
        Name = parameter.Name,
        In = ParameterLocation.Query,
        Description = parameter.Description,
        Schema = new OpenApiSchema
        {
            Type = parameter.JsonType switch { "integer" => JsonSchemaType.Integer, "boolean" => JsonSchemaType.Boolean, _ => JsonSchemaType.String },
            Enum = [.. parameter.Choices.Select(choice => (JsonNode)choice)],
        },
    };

    private static OpenApiParameter Header(string name, string description, bool isRequired = false) => new()
    {
        Name = name,
        In = ParameterLocation.Header,
        Description = description,
        Required = isRequired,
        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
    };
}
