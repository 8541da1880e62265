using CryptoScreener.ApiGateway.Auth;
using CryptoScreener.ApiGateway.Edge;

namespace CryptoScreener.ApiGateway.OpenApi;

/// <summary>The API's description for programs (OpenAPI 3.1) and a page over it for people.</summary>
internal static class ReferenceSetup
{
    public const string Document = "v1";

    public static IServiceCollection AddReference(this IServiceCollection services) => services
        .AddSingleton<Examples>()
        .AddOpenApi(Document, options => options
            .AddDocumentTransformer<DocumentHead>()
            .AddDocumentTransformer<AlertSchema>()
            .AddOperationTransformer<OperationParameters>()
            .AddOperationTransformer<OperationErrors>()
            .AddOperationTransformer<OperationExamples>());

    public static void MapReference(this IEndpointRouteBuilder routes)
    {
        routes.MapOpenApi("/openapi/{documentName}.json").OpenToAll().WithETag();
        routes.MapDocs();
    }
}
