using CryptoScreener.ApiGateway.Auth;
using CryptoScreener.ApiGateway.Edge;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace CryptoScreener.ApiGateway.OpenApi;

/// <summary>Who may ask, and every error that a route's declarations imply.</summary>
internal sealed class OperationErrors : IOpenApiOperationTransformer
{
    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        var access = metadata.OfType<Access>().LastOrDefault() ?? Access.Default;
        var path = context.Description.RelativePath!;
        operation.Security = access.IsOpen
            ? []
            : [.. access.Known ? [] : new[] { new OpenApiSecurityRequirement() }, Needs(DocumentHead.ApiKey, context), Needs(DocumentHead.Token, context)];
        if (!access.IsOpen) operation.Description = $"{operation.Description}\n\n{Words(access)}".Trim();
        operation.Responses ??= [];
        foreach (var (status, text) in Errors(access, metadata, path, operation.RequestBody is not null).Concat(Conflicts(context.Description.HttpMethod!, metadata)).OrderBy(error => error.Status, StringComparer.Ordinal))
            operation.Responses.TryAdd(status, Problem(text, path, context));
        if (metadata.OfType<Tagged>().Any()) operation.Responses.TryAdd("304", new OpenApiResponse { Description = "What you have is still the same." });
        return Task.CompletedTask;
    }

    private static IEnumerable<(string Status, string Text)> Errors(Access access, IList<object> metadata, string path, bool hasBody)
    {
        if (hasBody || metadata.OfType<QueryOf>().Any()) yield return ("400", "A parameter or the body cannot be read (`bad_parameter`, `bad_body`, `unknown_metric`).");
        if (!access.IsOpen) yield return ("401", "Who asks is not known (`unauthenticated`).");
        if (!access.IsOpen) yield return ("403", "The role or the key's scopes do not allow it (`forbidden`).");
        if (path.Contains('{')) yield return ("404", "There is no such thing, or it is somebody else's (`not_found`, `unknown_instrument`).");
        if (hasBody) yield return ("413", "The body is too large (`payload_too_large`).");
        if (hasBody && !metadata.OfType<AnyBody>().Any()) yield return ("422", "A field holds what it must not; `errors` names it (`validation_failed`).");
        yield return ("429", "Too many requests in this minute (`rate_limited`); Retry-After says when to go on.");
        yield return ("503", "Something that is needed is away (`not_ready`, `timeout`); Retry-After says when to ask again.");
    }

    private static IEnumerable<(string Status, string Text)> Conflicts(string method, IList<object> metadata)
    {
        if (metadata.OfType<MayConflict>().LastOrDefault() is { } conflict) yield return ("409", conflict.Why);
        if (OperationParameters.TakesIdempotencyKey(method, metadata)) yield return ("409", "What is there already stands against it, or the same Idempotency-Key is being worked on (`conflict`, `quota_exceeded`).");
        if (metadata.OfType<IfMatch>().LastOrDefault() is not { } match) yield break;
        yield return ("412", "It was changed since (`precondition_failed`): read it again.");
        if (match.IsRequired) yield return ("428", "If-Match is missing (`precondition_required`).");
    }

    private static string Words(Access access) =>
        $"Needs the scope `{access.Area}:{(access.Write ? "write" : "read")}`{(access.Role > Role.Reader ? $" and the role {access.Role.Name()}" : access.Known ? " and an account" : "")}.";

    private static OpenApiSecurityRequirement Needs(string scheme, OpenApiOperationTransformerContext context) =>
        new() { [new OpenApiSecuritySchemeReference(scheme, context.Document)] = [] };

    private static OpenApiResponse Problem(string text, string path, OpenApiOperationTransformerContext context) =>
        ErrorShapes.Of($"/{path}") == ErrorShape.Problem
            ? new OpenApiResponse { Description = text, Content = new Dictionary<string, OpenApiMediaType> { [ApiProblem.ContentType] = new() { Schema = new OpenApiSchemaReference(DocumentHead.Problem, context.Document) } } }
            : new OpenApiResponse { Description = text, Content = new Dictionary<string, OpenApiMediaType> { ["application/json"] = new() { Schema = new OpenApiSchema { Type = JsonSchemaType.Object } } } };
}
