using CryptoScreener.ApiGateway.Auth;
using CryptoScreener.ApiGateway.Edge;
using CryptoScreener.Storage.Delivery;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace CryptoScreener.ApiGateway.Endpoints;

internal sealed record EndpointView(
    string Id, string? Owner, string Name, string Kind, string Target, EndpointChoices Options, bool Paused, bool Enabled, string? DisabledReason,
    DateTime? DisabledAt, DateTime? FailingSince, DateTime CreatedAt, long Pending, long Dead)
{
    public static EndpointView Of(EndpointOverview e) => new(
        e.Endpoint.Id, e.Endpoint.Owner, e.Endpoint.Name, e.Endpoint.Kind, EndpointInput.TargetOf(e.Endpoint), EndpointChoices.Parse(e.Endpoint.Settings), e.Endpoint.Paused,
        e.Endpoint.Enabled, e.Endpoint.DisabledReason, ApiTime.Of(e.Endpoint.DisabledAt), ApiTime.Of(e.Endpoint.FailingSince), ApiTime.Of(e.CreatedAt), e.Pending, e.Dead);
}

/// <param name="Secret">What signatures are made with; shown this once, null for kinds that sign nothing.</param>
internal sealed record NewEndpointView(
    string Id, string? Owner, string Name, string Kind, string Target, EndpointChoices Options, bool Paused, bool Enabled, DateTime CreatedAt, string? Secret);

internal sealed record NewSecretView(string Secret);

internal sealed record DeliveryIdView(string DeliveryId);

internal sealed record CountView(int Count);

/// <param name="From">Created since then; everything when absent.</param>
/// <param name="To">Created until then.</param>
/// <param name="State">dead: only what was given up (when absent); all: what was delivered too.</param>
internal sealed record ReplayInput(DateTime? From, DateTime? To, string? State);

internal static class EndpointsEndpoints
{
    internal const string SwitchedOff = "The endpoint is switched off, so nothing is sent: save it first (PUT), which switches it on.";

    public static void MapEndpoints(this IEndpointRouteBuilder routes)
    {
        var endpoints = routes.MapGroup("/api/v1/endpoints").WithTags("delivery");
        endpoints.MapGet("", ListAsync).Reads(Scopes.Endpoints, known: true).WithSummary("Where your alerts go; administrators see everybody's").Produces<List<EndpointView>>();
        endpoints.MapPost("", AddAsync).Writes(Scopes.Endpoints).ShowsSecret().WithSummary("Adds an endpoint; a webhook's secret shows this once").Produces<NewEndpointView>(StatusCodes.Status201Created);
        endpoints.MapGet("{id}", GetAsync).Reads(Scopes.Endpoints, known: true).WithSummary("One endpoint").Produces<EndpointView>();
        endpoints.MapPut("{id}", ReplaceAsync).Writes(Scopes.Endpoints).WithSummary("Replaces an endpoint and switches it on; what is absent keeps its secret and address").Produces<EndpointView>();
        endpoints.MapDelete("{id}", DeleteAsync).Writes(Scopes.Endpoints).WithSummary("Deletes an endpoint and its deliveries").Produces(StatusCodes.Status204NoContent);
        endpoints.MapPost("{id}/test", TestAsync).Writes(Scopes.Endpoints).WithSummary("Sends an alert that did not happen").Produces<DeliveryIdView>(StatusCodes.Status202Accepted);
        endpoints.MapPost("{id}/rotate-secret", RotateAsync).Writes(Scopes.Endpoints).ShowsSecret()
            .WithSummary("A new secret; messages are signed with the former one too until the next rotation").Produces<NewSecretView>();
        endpoints.MapPost("{id}/pause", PauseAsync).Writes(Scopes.Endpoints).WithSummary("Keeps what comes").Produces(StatusCodes.Status204NoContent);
        endpoints.MapPost("{id}/resume", ResumeAsync).Writes(Scopes.Endpoints).WithSummary("Sends what was kept").Produces(StatusCodes.Status204NoContent);
        endpoints.MapPost("{id}/replay", ReplayAsync).Writes(Scopes.Endpoints).WithSummary("Sends again, under the same ids").Produces<CountView>();
    }

    private static async Task<List<EndpointView>> ListAsync(HttpContext http, EndpointStore store)
    {
        var account = http.Account();
        return [.. (await store.OverviewAsync(account.Owner, account.Role == Role.Admin, stop: http.RequestAborted)).Select(EndpointView.Of)];
    }

    private static async Task<IResult> GetAsync(HttpContext http, string id, EndpointStore store) =>
        await SeenAsync(http, id, store) is { } found ? TypedResults.Ok(EndpointView.Of(found)) : Unknown(id);

    private static async Task<IResult> AddAsync(HttpContext http, EndpointInput input, EndpointStore store, AuditTrail audit, IOptions<QuotaOptions> quotas, TimeProvider time)
    {
        var account = http.Account();
        var errors = input.Errors(isNew: true);
        if (!errors.ContainsKey("kind") && EndpointInput.TargetError(input.Kind!, input.Target, input.Secret, input.Options ?? EndpointChoices.None) is { } wrong) errors["target"] = [wrong];
        if (errors.Count > 0) return Problem.Invalid(errors);
        var id = IdempotentRequest.IdOf(http, "e_");
        if (await SeenAsync(http, id, store) is { } made) return Again(made);
        if (account.Role != Role.Admin && (await store.OverviewAsync(account.Owner, false, stop: http.RequestAborted)).Count >= quotas.Value.Endpoints)
            return Problem.QuotaExceeded($"An account has at most {quotas.Value.Endpoints} endpoints: delete one that is not needed.");
        var endpoint = input.Define(id, account.Owner, input.Kind!);
        await store.SaveAsync(endpoint, http.RequestAborted);
        var view = EndpointView.Of(new EndpointOverview(endpoint, time.GetUtcNow().ToUnixTimeMilliseconds(), 0, 0));
        await audit.NoteAsync(account, "endpoint.created", endpoint.Id, after: view);
        return Added(view, endpoint.Kind == "webhook" ? endpoint.Secrets[0] : null);
    }

    /// <summary>The same request as the one that added it, whose answer was not kept. What signs is shown once, and a new secret would stop its receiver.</summary>
    private static IResult Again(EndpointOverview made) => made.Endpoint.Kind == "webhook"
        ? Problem.Conflict($"This was done before, as '{made.Endpoint.Id}'; its secret is not shown again: rotate-secret makes a new one.")
        : Added(EndpointView.Of(made), secret: null);

    private static Created<NewEndpointView> Added(EndpointView view, string? secret) => TypedResults.Created($"/api/v1/endpoints/{view.Id}", new NewEndpointView(
        view.Id, view.Owner, view.Name, view.Kind, view.Target, view.Options, view.Paused, view.Enabled, view.CreatedAt, secret));

    private static async Task<IResult> ReplaceAsync(HttpContext http, string id, EndpointInput input, EndpointStore store, AuditTrail audit)
    {
        if (await SeenAsync(http, id, store) is not { Endpoint: var before } found) return Unknown(id);
        if (before.IsLocked) return Locked();
        var errors = input.Errors(isNew: false);
        if (input.Kind is not null && input.Kind != before.Kind) errors["kind"] = [$"cannot change from {before.Kind}: add another endpoint"];
        var target = input.Target ?? (before.Kind is "telegram" or "email" ? EndpointInput.TargetOf(before) : before.Url);
        if (EndpointInput.TargetError(before.Kind, target, input.Secret ?? (before.Secrets.Count > 0 ? before.Secrets[0] : null), input.Options ?? EndpointChoices.None) is { } wrong) errors["target"] = [wrong];
        if (errors.Count > 0) return Problem.Invalid(errors);
        if (!await store.ChangeAsync(id, input.Change(before.Kind), http.RequestAborted)) return Unknown(id);
        var view = EndpointView.Of((await SeenAsync(http, id, store, CancellationToken.None))!); // also for a client that left: it is changed
        await audit.NoteAsync(http.Account(), "endpoint.changed", id, EndpointView.Of(found), view);
        return TypedResults.Ok(view);
    }

    private static async Task<IResult> DeleteAsync(HttpContext http, string id, EndpointStore store, AuditTrail audit)
    {
        if (await SeenAsync(http, id, store) is not { } found) return Unknown(id);
        await store.DeleteAsync(id, http.RequestAborted);
        await audit.NoteAsync(http.Account(), "endpoint.deleted", id, before: EndpointView.Of(found));
        return TypedResults.NoContent();
    }

    private static async Task<IResult> TestAsync(HttpContext http, string id, EndpointStore store, DeliveryLog log)
    {
        if (await SeenAsync(http, id, store) is null || await log.TestAsync(id, http.RequestAborted) is not { } delivery) return Unknown(id);
        return TypedResults.Accepted($"/api/v1/deliveries/{delivery}", new DeliveryIdView(delivery));
    }

    private static async Task<IResult> RotateAsync(HttpContext http, string id, EndpointStore store, AuditTrail audit)
    {
        if (await SeenAsync(http, id, store) is not { Endpoint: var before }) return Unknown(id);
        if (before.IsLocked) return Locked();
        if (before.Kind != "webhook") return Problem.Conflict($"Only webhooks are signed; send {before.Kind}'s secret with PUT.");
        var secret = EndpointInput.NewSecret();
        if (!await store.RotateSecretAsync(id, secret, http.RequestAborted)) return Unknown(id);
        await audit.NoteAsync(http.Account(), "endpoint.secret_rotated", id);
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(new NewSecretView(secret));
    }

    private static Task<IResult> PauseAsync(HttpContext http, string id, EndpointStore store, AuditTrail audit) => SetPausedAsync(http, id, store, audit, paused: true);

    private static Task<IResult> ResumeAsync(HttpContext http, string id, EndpointStore store, AuditTrail audit) => SetPausedAsync(http, id, store, audit, paused: false);

    private static async Task<IResult> SetPausedAsync(HttpContext http, string id, EndpointStore store, AuditTrail audit, bool paused)
    {
        if (await SeenAsync(http, id, store) is null || !await store.SetPausedAsync(id, paused, http.RequestAborted)) return Unknown(id);
        await audit.NoteAsync(http.Account(), paused ? "endpoint.paused" : "endpoint.resumed", id);
        return TypedResults.NoContent();
    }

    private static async Task<IResult> ReplayAsync(HttpContext http, string id, ReplayInput? input, EndpointStore store, DeliveryStore deliveries, AuditTrail audit)
    {
        if (input?.State is not (null or "dead" or "all")) return Problem.Invalid("state", "must be dead or all");
        if (await SeenAsync(http, id, store) is not { Endpoint: var endpoint }) return Unknown(id);
        if (!endpoint.Enabled) return Problem.Conflict(SwitchedOff);
        var since = input?.From is { } from ? ApiTime.ToUnixMs(from) : 0;
        var until = ApiTime.ToUnixMs(input?.To ?? DateTime.MaxValue);
        var count = await deliveries.ReplayAsync(id, since, deadOnly: input?.State is not "all", until, http.RequestAborted);
        await audit.NoteAsync(http.Account(), "endpoint.replayed", id, after: new { count, since = ApiTime.Of(since) });
        return TypedResults.Ok(new CountView(count));
    }

    /// <summary>One's own; for administrators anybody's.</summary>
    private static Task<EndpointOverview?> SeenAsync(HttpContext http, string id, EndpointStore store) => SeenAsync(http, id, store, http.RequestAborted);

    private static async Task<EndpointOverview?> SeenAsync(HttpContext http, string id, EndpointStore store, CancellationToken stop)
    {
        var account = http.Account();
        return (await store.OverviewAsync(account.Owner, account.Role == Role.Admin, id, stop)).SingleOrDefault();
    }

    // Saving it would lose the secrets that another gateway can still open.
    private static ApiProblem Locked() => Problem.Conflict(
        "The endpoint was sealed with a key that this gateway does not hold: add the key to its Storage:SecretKeys, or delete the endpoint and add it anew.");

    private static ApiProblem Unknown(string id) => Problem.NotFound($"You have no endpoint '{id}'.");
}
