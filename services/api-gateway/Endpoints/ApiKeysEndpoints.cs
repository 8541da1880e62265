using CryptoScreener.ApiGateway.Auth;
using CryptoScreener.ApiGateway.Edge;
using CryptoScreener.Storage.Access;

namespace CryptoScreener.ApiGateway.Endpoints;

/// <summary>A key as lists show it.</summary>
internal sealed record ApiKeyView(
    string Id, string Owner, string Name, string Prefix, string Role, IReadOnlyList<string> Scopes,
    DateTime CreatedAt, DateTime? ExpiresAt, DateTime? LastUsedAt);

/// <summary>The answer to making one: the only time the key itself shows.</summary>
internal sealed record NewApiKeyView(
    string Id, string Owner, string Name, string Prefix, string Role, IReadOnlyList<string> Scopes,
    DateTime CreatedAt, DateTime? ExpiresAt, string Key);

/// <param name="Role">Not above your own; your own when absent.</param>
/// <param name="Scopes">Limits the key; everything the role may when absent.</param>
/// <param name="Owner">For administrators: the account that the key speaks for; your own when absent.</param>
internal sealed record NewApiKey(string? Name, Role? Role, IReadOnlyList<string>? Scopes, DateTime? ExpiresAt, string? Owner);

internal static class ApiKeysEndpoints
{
    private const int MaxPerOwner = 50;
    private const int MaxName = 100;

    public static void MapApiKeys(this IEndpointRouteBuilder routes)
    {
        var keys = routes.MapGroup("/api/v1/api-keys").WithTags("accounts");
        keys.MapGet("", ListAsync).Reads(Scopes.Keys, known: true)
            .WithSummary("Your API keys; administrators see everybody's").Produces<List<ApiKeyView>>();
        keys.MapPost("", AddAsync).Writes(Scopes.Keys).ShowsSecret()
            .WithSummary("Makes an API key; it is shown this once").Produces<NewApiKeyView>(StatusCodes.Status201Created);
        keys.MapDelete("{id}", RevokeAsync).Writes(Scopes.Keys, Role.Reader)
            .WithSummary("Revokes an API key at once").Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<List<ApiKeyView>> ListAsync(HttpContext http, ApiKeyStore keys)
    {
        var account = http.Account();
        var found = await keys.ListAsync(account.Role == Role.Admin ? null : account.Owner, http.RequestAborted);
        return [.. found.Select(View)];
    }

    private static async Task<IResult> AddAsync(HttpContext http, NewApiKey wanted, ApiKeyStore keys, AuditTrail audit, TimeProvider time)
    {
        var account = http.Account();
        var now = time.GetUtcNow();
        if (Errors(wanted, account, now) is { Count: > 0 } errors) return Problem.Invalid(errors);
        var owner = wanted.Owner ?? account.Subject;
        if ((await keys.ListAsync(owner, http.RequestAborted)).Count >= MaxPerOwner)
            return Problem.QuotaExceeded($"An account has at most {MaxPerOwner} keys: revoke one that is not used.");
        var text = ApiKeyText.New();
        var key = new ApiKey(
            $"key_{Guid.NewGuid():N}", owner, (wanted.Role ?? account.Role).Name(), wanted.Name!.Trim(), ApiKeyText.ShownOf(text),
            wanted.Scopes is { Count: > 0 } scopes ? [.. scopes.Distinct()] : account.Scopes, now.ToUnixTimeMilliseconds(),
            wanted.ExpiresAt is { } at ? ApiTime.ToUnixMs(at) : null);
        await keys.AddAsync(key, ApiKeyText.HashOf(text), http.RequestAborted);
        var view = View(key);
        await audit.NoteAsync(account, "api_key.created", key.Id, after: view);
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Created(
            $"/api/v1/api-keys/{key.Id}",
            new NewApiKeyView(view.Id, view.Owner, view.Name, view.Prefix, view.Role, view.Scopes, view.CreatedAt, view.ExpiresAt, text));
    }

    private static async Task<IResult> RevokeAsync(HttpContext http, string id, ApiKeyStore keys, Revocations revocations, AuditTrail audit)
    {
        var account = http.Account();
        var revoked = await keys.RevokeAsync(id, account.Role == Role.Admin ? null : account.Owner, http.RequestAborted);
        if (revoked is null) return Problem.NotFound($"You have no API key '{id}'.");
        await revocations.TellAsync(CancellationToken.None); // it is revoked, whether or not its client waits
        await audit.NoteAsync(account, "api_key.revoked", id, before: View(revoked));
        return TypedResults.NoContent();
    }

    private static Dictionary<string, string[]> Errors(NewApiKey wanted, Account account, DateTimeOffset now)
    {
        var errors = new Dictionary<string, string[]>();
        if (string.IsNullOrWhiteSpace(wanted.Name) || wanted.Name.Length > MaxName) errors["name"] = [$"must be a text of 1 to {MaxName} characters"];
        if (wanted.Role > account.Role) errors["role"] = [$"must not be above your own, {account.Role.Name()}"];
        if (wanted.Owner is not null && wanted.Owner != account.Subject && account.Role != Role.Admin) errors["owner"] = ["is for administrators to choose"];
        if (wanted.Owner is { Length: 0 or > 128 }) errors["owner"] = ["must be a text of 1 to 128 characters"];
        if (wanted.ExpiresAt is { } at && at.ToUniversalTime() <= now.UtcDateTime) errors["expires_at"] = ["must lie in the future"];
        if (wanted.Scopes?.Any(scope => scope is null) ?? false) errors["scopes"] = ["must hold texts"];
        else if (wanted.Scopes?.FirstOrDefault(scope => !Scopes.All.Contains(scope)) is { } unknown)
            errors["scopes"] = [$"holds '{unknown}'; known are {string.Join(", ", Scopes.Areas)}, each with :read or :write"];
        else if (wanted.Scopes?.FirstOrDefault(scope => !Scopes.Allow(account.Scopes, scope.Split(':')[0], scope.EndsWith(":write", StringComparison.Ordinal))) is { } beyond)
            errors["scopes"] = [$"holds '{beyond}', which your own key does not have"];
        return errors;
    }

    private static ApiKeyView View(ApiKey key) => new(
        key.Id, key.Owner, key.Name, key.Prefix, key.Role, key.Scopes,
        ApiTime.Of(key.CreatedAt), ApiTime.Of(key.ExpiresAt), ApiTime.Of(key.LastUsedAt));
}
