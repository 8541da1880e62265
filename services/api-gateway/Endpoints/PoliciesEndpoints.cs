using CryptoScreener.ApiGateway.Auth;
using CryptoScreener.ApiGateway.Edge;
using CryptoScreener.Contracts.Alerts;
using CryptoScreener.Storage.Delivery;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CryptoScreener.ApiGateway.Endpoints;

internal sealed record PolicyView(string Id, string? Owner, string Name, AlertSeverity? Severity, IReadOnlyList<EscalationStep> Steps);

internal sealed record PolicyInput(string? Name, AlertSeverity? Severity, IReadOnlyList<EscalationStep>? Steps);

internal static class PoliciesEndpoints
{
    private const int MaxSteps = 10;
    private const int MaxEndpoints = 20;
    private static readonly int LongestWait = (int)TimeSpan.FromDays(7).TotalSeconds;

    public static void MapPolicies(this IEndpointRouteBuilder routes)
    {
        var policies = routes.MapGroup("/api/v1/policies").WithTags("delivery");
        policies.MapGet("", ListAsync).Reads(Scopes.Endpoints, known: true)
            .WithSummary("Where alerts go whose rule names no endpoint, step by step until somebody acknowledges").Produces<List<PolicyView>>();
        policies.MapPost("", AddAsync).Writes(Scopes.Endpoints).WithSummary("Adds a policy; one per severity").Produces<PolicyView>(StatusCodes.Status201Created);
        policies.MapPut("{id}", ReplaceAsync).Writes(Scopes.Endpoints).WithSummary("Replaces a policy").MayConflict("Another policy has that severity (`conflict`).").Produces<PolicyView>();
        policies.MapDelete("{id}", DeleteAsync).Writes(Scopes.Endpoints).WithSummary("Deletes a policy").Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<List<PolicyView>> ListAsync(HttpContext http, PolicyStore store)
    {
        var account = http.Account();
        var all = await store.ListAsync(http.RequestAborted);
        return [.. all.Where(policy => account.MayChange(policy.Owner)).Select(View)];
    }

    private static async Task<IResult> AddAsync(HttpContext http, PolicyInput input, PolicyStore store, EndpointStore endpoints, AuditTrail audit)
    {
        var id = IdempotentRequest.IdOf(http, "p_");
        // One that is there already is this request again, whose answer was not kept.
        return await MineAsync(http, id, store) is { } made ? Added(made) : await SaveAsync(http, id, null, input, store, endpoints, audit);
    }

    private static async Task<IResult> ReplaceAsync(HttpContext http, string id, PolicyInput input, PolicyStore store, EndpointStore endpoints, AuditTrail audit) =>
        await MineAsync(http, id, store) is { } before ? await SaveAsync(http, id, before, input, store, endpoints, audit) : Unknown(id);

    private static async Task<IResult> DeleteAsync(HttpContext http, string id, PolicyStore store, AuditTrail audit)
    {
        if (await MineAsync(http, id, store) is not { } before) return Unknown(id);
        await store.DeleteAsync(id, http.RequestAborted);
        await audit.NoteAsync(http.Account(), "policy.deleted", id, before: View(before));
        return TypedResults.NoContent();
    }

    private static async Task<IResult> SaveAsync(
        HttpContext http, string id, EscalationPolicy? before, PolicyInput input, PolicyStore store, EndpointStore endpoints, AuditTrail audit)
    {
        var account = http.Account();
        var owner = before is null ? account.Owner : before.Owner;
        var owned = await endpoints.OverviewAsync(owner, ofEveryOwner: false, stop: http.RequestAborted);
        if (Errors(input, owned.Select(e => e.Endpoint.Id).ToHashSet(StringComparer.Ordinal)) is { Count: > 0 } errors) return Problem.Invalid(errors);
        var policy = new EscalationPolicy { Id = id, Owner = owner, Name = input.Name!.Trim(), Severity = input.Severity, Steps = [.. input.Steps!.OrderBy(s => s.AfterSeconds)] };
        if (!await store.SaveAsync(policy, http.RequestAborted)) return Problem.Conflict("There is another policy for this severity: change that one.");
        await audit.NoteAsync(account, before is null ? "policy.created" : "policy.changed", id, before is null ? null : View(before), View(policy));
        return before is null ? Added(policy) : TypedResults.Ok(View(policy));
    }

    private static Created<PolicyView> Added(EscalationPolicy policy) => TypedResults.Created($"/api/v1/policies/{policy.Id}", View(policy));

    private static Dictionary<string, string[]> Errors(PolicyInput input, HashSet<string> owned)
    {
        var errors = new Dictionary<string, string[]>();
        if (string.IsNullOrWhiteSpace(input.Name) || input.Name.Length > 100) errors["name"] = ["must be a text of 1 to 100 characters"];
        if (input.Steps is not { Count: > 0 and <= MaxSteps } steps)
        {
            errors["steps"] = [$"must be 1 to {MaxSteps} steps"];
            return errors;
        }

        for (var i = 0; i < steps.Count; i++)
        {
            if (steps[i] is not { Endpoints: { } named } || named.Any(id => id is null))
            {
                errors[$"steps[{i}]"] = ["must be a time and endpoints"];
                continue;
            }

            if (steps[i].AfterSeconds < 0 || steps[i].AfterSeconds > LongestWait) errors[$"steps[{i}].after_seconds"] = [$"must be from 0 to {LongestWait}"];
            if (steps[i].Endpoints.Count is 0 or > MaxEndpoints) errors[$"steps[{i}].endpoints"] = [$"must name 1 to {MaxEndpoints} endpoints"];
            else if (steps[i].Endpoints.FirstOrDefault(id => !owned.Contains(id)) is { } foreign) errors[$"steps[{i}].endpoints"] = [$"names '{foreign}', which is none of the owner's"];
        }

        return errors;
    }

    private static async Task<EscalationPolicy?> MineAsync(HttpContext http, string id, PolicyStore store) =>
        (await store.ListAsync(http.RequestAborted)).Find(policy => policy.Id == id && http.Account().MayChange(policy.Owner));

    private static PolicyView View(EscalationPolicy policy) => new(policy.Id, policy.Owner, policy.Name, policy.Severity, policy.Steps);

    private static ApiProblem Unknown(string id) => Problem.NotFound($"You have no policy '{id}'.");
}
