using System.Globalization;
using System.Text.Json.Serialization;
using CryptoScreener.ApiGateway.Auth;
using CryptoScreener.ApiGateway.Edge;
using CryptoScreener.Contracts.Alerts;
using CryptoScreener.Contracts.Rules;
using CryptoScreener.Messaging.Catalogues;
using CryptoScreener.Storage.Delivery;
using CryptoScreener.Storage.Rules;
using Microsoft.Extensions.Options;

namespace CryptoScreener.ApiGateway.Endpoints;

/// <param name="State">ok, or faulty: the newest version cannot run.</param>
internal sealed record RuleHealth(string State, string? Error, int? Version);

internal sealed record RuleView(
    string Id, int Version, string Name, string RuleType, string Expression, string Description, AlertSeverity Severity, TriggerOptions Trigger,
    RuleUniverse Universe, string? Owner, IReadOnlyList<string> Endpoints, bool Enabled, RuleHealth Health,
    [property: JsonPropertyName("fired_24h")] long FiredLastDay, DateTime UpdatedAt)
{
    public static RuleView Of(RuleOverview rule, IReadOnlyDictionary<string, long> fired) => new(
        rule.Definition.Id, rule.Definition.Version, rule.Definition.Name, rule.Definition.RuleType, rule.Definition.Expression, rule.Definition.Description,
        rule.Definition.Severity, rule.Definition.Trigger, rule.Definition.Universe, rule.Definition.Owner, rule.Definition.Endpoints, rule.Definition.Enabled,
        rule.Fault is { } fault ? new RuleHealth("faulty", fault.Errors, fault.Version) : new RuleHealth("ok", null, null),
        fired.GetValueOrDefault(rule.Definition.Id), ApiTime.Of(rule.UpdatedAt));
}

internal sealed record RuleVersionView(int Version, RuleDefinition Definition, DateTime ChangedAt, string? ChangedBy);

internal static class RulesEndpoints
{
    private const string Custom = "custom";
    private static readonly Parameter<string?> Scope = Parameter.Choice("scope", "Your own, the built-in ones, or all that you see (when absent).", "own", "builtin", "all");

    public static void MapRules(this IEndpointRouteBuilder routes)
    {
        var rules = routes.MapGroup("/api/v1/rules").WithTags("rules");
        rules.MapGet("", ListAsync).Reads(Scopes.Rules).Takes(Scope).WithETag().WithSummary("The rules that you see").Produces<List<RuleView>>();
        rules.MapPost("", AddAsync).Writes(Scopes.Rules).WithSummary("Adds a rule; it runs within seconds").Produces<RuleView>(StatusCodes.Status201Created);
        rules.MapGet("{id}", GetAsync).Reads(Scopes.Rules).WithETag().WithSummary("One rule; its ETag begins with its version, which is what If-Match compares").Produces<RuleView>();
        rules.MapPut("{id}", ReplaceAsync).Writes(Scopes.Rules).WithSummary("Replaces a rule; send If-Match with the version you read").TakesIfMatch(isRequired: true).Produces<RuleView>();
        rules.MapDelete("{id}", DeleteAsync).Writes(Scopes.Rules).WithSummary("Deletes a rule").TakesIfMatch(isRequired: false).Produces(StatusCodes.Status204NoContent);
        rules.MapGet("{id}/versions", VersionsAsync).Reads(Scopes.Rules).WithSummary("Every version it ever had, newest first").Produces<List<RuleVersionView>>();
    }

    private static async Task<IResult> ListAsync(HttpContext http, RuleReader rules, AlertCounts counts)
    {
        var query = new QueryReader(http);
        var scope = query.Get(Scope) ?? "all";
        if (query.Problem is { } problem) return problem;
        var account = http.Account();
        var found = await rules.ListAsync(account.Owner, account.Role == Role.Admin, stop: http.RequestAborted);
        var fired = await counts.LastDayAsync(http.RequestAborted);
        return TypedResults.Ok(found.Where(rule => scope switch
        {
            "own" => rule.Definition.Owner is not null && rule.Definition.Owner == account.Owner,
            "builtin" => rule.Definition.Owner is null,
            _ => true,
        }).Select(rule => RuleView.Of(rule, fired)).ToList());
    }

    private static async Task<IResult> GetAsync(HttpContext http, string id, RuleReader rules, AlertCounts counts)
    {
        if (await rules.SeenAsync(http, id) is not { } rule) return Problem.UnknownRule(id);
        http.Response.Headers.ETag = TagOf(rule.Definition.Version);
        return TypedResults.Ok(RuleView.Of(rule, await counts.LastDayAsync(http.RequestAborted)));
    }

    private static async Task<IResult> AddAsync(
        HttpContext http, RuleInput input, RuleStore store, RuleReader reader, EndpointStore endpoints, CatalogueBook catalogues, RuleChanges changes,
        AlertCounts counts, IOptions<QuotaOptions> quotas)
    {
        var account = http.Account();
        var definition = input.Define(IdempotentRequest.IdOf(http, "r_"), 1, Custom, account.Owner);
        if (await ErrorAsync(input, definition, endpoints, catalogues, http.RequestAborted) is { } problem) return problem;
        // One that is there already is this request again, whose answer was lost: it counts, and perhaps nobody was told of it.
        if (account.Role != Role.Admin && await reader.CountAsync(account.Subject, http.RequestAborted) >= quotas.Value.Rules && await reader.SeenAsync(http, definition.Id) is null)
            return Problem.QuotaExceeded($"An account has at most {quotas.Value.Rules} rules: delete one that is not needed.");
        var added = await store.AddAsync(definition, account.Subject, http.RequestAborted);
        if (added is not null) await changes.TellAsync(account, "rule.created", added.Id, null, added);
        if (await reader.SeenAsync(http, definition.Id) is not { } rule) return Problem.Conflict("Another rule got this id at the same moment: send it again.");
        if (added is null) await changes.TellAsync(account, "rule.created", definition.Id, null, rule.Definition);
        http.Response.Headers.ETag = TagOf(rule.Definition.Version);
        return TypedResults.Created($"/api/v1/rules/{definition.Id}", RuleView.Of(rule, await counts.LastDayAsync(http.RequestAborted)));
    }

    private static async Task<IResult> ReplaceAsync(
        HttpContext http, string id, RuleInput input, RuleStore store, RuleReader reader, EndpointStore endpoints, CatalogueBook catalogues, RuleChanges changes,
        AlertCounts counts)
    {
        var account = http.Account();
        if (await reader.SeenAsync(http, id) is not { Definition: var before }) return Problem.UnknownRule(id);
        if (!account.MayChange(before.Owner)) return Problem.Forbidden("Built-in rules are the administrators' to change: add one of your own with the same expression.");
        if (Precondition(http.Request, before.Version) is { } failed) return failed;
        var definition = input.Define(id, before.Version, before.RuleType, before.Owner);
        if (await ErrorAsync(input, definition, endpoints, catalogues, http.RequestAborted, before.Universe) is { } problem) return problem;
        var replaced = await store.ReplaceAsync(definition, account.Subject, http.RequestAborted);
        if (replaced is null) return Problem.PreconditionFailed("Somebody else has changed the rule meanwhile: read it again.");
        await changes.TellAsync(account, "rule.changed", id, before, replaced);
        http.Response.Headers.ETag = TagOf(replaced.Version);
        return TypedResults.Ok(RuleView.Of((await reader.SeenAsync(http, id))!, await counts.LastDayAsync(http.RequestAborted)));
    }

    private static async Task<IResult> DeleteAsync(HttpContext http, string id, RuleStore store, RuleReader reader, RuleChanges changes)
    {
        var account = http.Account();
        if (await reader.SeenAsync(http, id) is not { Definition: var before }) return Problem.UnknownRule(id);
        if (!account.MayChange(before.Owner)) return Problem.Forbidden("Built-in rules are the administrators' to delete.");
        if (http.Request.Headers.IfMatch.Count > 0 && Precondition(http.Request, before.Version) is { } failed) return failed;
        await store.DeleteAsync(id, http.RequestAborted);
        await changes.TellAsync(account, "rule.deleted", id, before, null);
        return TypedResults.NoContent();
    }

    private static async Task<IResult> VersionsAsync(HttpContext http, string id, RuleReader rules)
    {
        if (await rules.SeenAsync(http, id) is null) return Problem.UnknownRule(id);
        var versions = await rules.VersionsAsync(id, http.RequestAborted);
        return TypedResults.Ok(versions.Select(v => new RuleVersionView(v.Definition.Version, v.Definition, ApiTime.Of(v.ChangedAt), v.ChangedBy)).ToList());
    }

    private static async Task<ApiProblem?> ErrorAsync(
        RuleInput input, RuleDefinition definition, EndpointStore endpoints, CatalogueBook catalogues, CancellationToken stop, RuleUniverse? before = null)
    {
        if (catalogues.Current is not { } catalogue) return Problem.NotReady("No metrics were published yet: rules cannot be checked.");
        var owned = definition.Endpoints.Count == 0 ? [] : await endpoints.OverviewAsync(definition.Owner, ofEveryOwner: false, stop: stop);
        var errors = input.Errors(definition, catalogue, owned.Select(e => e.Endpoint.Id).ToHashSet(StringComparer.Ordinal), before);
        return errors.Count > 0 ? Problem.Invalid(errors) : null;
    }

    /// <summary>What somebody may not see does not exist for them.</summary>
    internal static async Task<RuleOverview?> SeenAsync(this RuleReader rules, HttpContext http, string id)
    {
        var account = http.Account();
        return (await rules.ListAsync(account.Owner, account.Role == Role.Admin, id, http.RequestAborted)).SingleOrDefault();
    }

    private static ApiProblem? Precondition(HttpRequest request, int version)
    {
        if (request.Headers.IfMatch.Count == 0) return Problem.PreconditionRequired();
        return request.WantedVersions() is not { } wanted || wanted.Contains(TextOf(version))
            ? null
            : Problem.PreconditionFailed($"The rule is at version {version} now: read it again.");
    }

    private static string TextOf(int version) => version.ToString(CultureInfo.InvariantCulture);

    private static string TagOf(int version) => $"\"{TextOf(version)}\"";
}
