using CryptoScreener.Contracts.Alerts;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace CryptoScreener.ApiGateway.OpenApi;

/// <summary>Alerts over REST have two fields that the bus does not: who took them over, and when.</summary>
internal sealed class AlertSchema : IOpenApiDocumentTransformer
{
    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        if (document.Components?.Schemas?[nameof(AlertEvent)] is OpenApiSchema { Properties: { } fields })
        {
            fields["acknowledged_at"] = new OpenApiSchema { Type = JsonSchemaType.String | JsonSchemaType.Null, Format = "date-time" };
            fields["acknowledged_by"] = new OpenApiSchema { Type = JsonSchemaType.String | JsonSchemaType.Null };
        }

        return Task.CompletedTask;
    }
}
