using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace CryptoScreener.ApiGateway.OpenApi;

internal sealed class OperationExamples(Examples examples) : IOpenApiOperationTransformer
{
    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var route = $"{context.Description.HttpMethod} /{context.Description.RelativePath!.TrimEnd('/')}";
        if (examples.Request(route) is { } request && operation.RequestBody?.Content is { } bodies)
            foreach (var body in bodies.Values) body.Example = request.DeepClone();
        if (examples.Answer(route) is { } answer)
            foreach (var (status, response) in operation.Responses ?? [])
                if (status[0] == '2' && response.Content is { } contents && contents.TryGetValue("application/json", out var content)) content.Example = answer.DeepClone();
        return Task.CompletedTask;
    }
}
