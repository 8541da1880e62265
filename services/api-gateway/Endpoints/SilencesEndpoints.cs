using System.Globalization;
using System.Text.Json;
using CryptoScreener.ApiGateway.Auth;
using CryptoScreener.ApiGateway.Edge;
using CryptoScreener.Storage.Silences;
using Microsoft.Extensions.Options;

namespace CryptoScreener.ApiGateway.Endpoints;

internal sealed record SilenceView(string Id, string? Owner, SilenceMatchers Matchers, DateTime StartsAt, DateTime EndsAt, string Reason, string? CreatedBy)
{
    public static SilenceView Of(Silence silence) => new(
        silence.Id.ToString(CultureInfo.InvariantCulture), silence.Owner, silence.Matchers, ApiTime.Of(silence.StartsAt), ApiTime.Of(silence.EndsAt), silence.Reason, silence.CreatedBy);
}

/// <param name="StartsAt">Now when absent, or past.</param>
/// <param name="Id">Comes back with what was read, and does not count; owner and creator neither.</param>
internal sealed record SilenceInput(
    SilenceMatchers? Matchers, DateTime? StartsAt, DateTime? EndsAt, string? Reason, JsonElement Id, JsonElement Owner, JsonElement CreatedBy)
{
    private const int MaxReason = 2_000;
    private const int MaxText = 128;

    public Dictionary<string, string[]> Errors(DateTimeOffset now)
    {
        var errors = new Dictionary<string, string[]>();
        if (Matchers is null or { IsEmpty: true }) errors["matchers"] = ["must name at least one of rule_id, symbol, exchange, severity"];
        else if (new[] { Matchers.RuleId, Matchers.Symbol, Matchers.Exchange }.Any(text => text is { Length: 0 or > MaxText })) errors["matchers"] = [$"must hold texts of 1 to {MaxText} characters"];
        if (EndsAt is not { } end || ApiTime.ToUnixMs(end) <= now.ToUnixTimeMilliseconds()) errors["ends_at"] = ["must lie in the future"];
        else if (StartsAt is { } start && start >= end) errors["starts_at"] = ["must be before ends_at"];
        if (Reason?.Length > MaxReason) errors["reason"] = [$"must have at most {MaxReason} characters"];
        return errors;
    }

    public Silence Define(long id, string? owner, string createdBy) => new()
    {
        Id = id,
        Owner = owner,
        Matchers = Matchers!,
        StartsAt = StartsAt is { } start ? ApiTime.ToUnixMs(start) : 0,
        EndsAt = ApiTime.ToUnixMs(EndsAt!.Value),
        Reason = Reason ?? "",
        CreatedBy = createdBy,
    };
}

internal static class SilencesEndpoints
{
    public static void MapSilences(this IEndpointRouteBuilder routes)
    {
        var silences = routes.MapGroup("/api/v1/silences").WithTags("alerts");
        silences.MapGet("", ListAsync).Reads(Scopes.Alerts, known: true).WithSummary("Your silences that have not ended, and the operator's; newest first").Produces<List<SilenceView>>();
        silences.MapPost("", AddAsync).Writes(Scopes.Alerts)
            .WithSummary("Matching alerts are recorded, not delivered. Yours covers your rules' alerts, an administrator's everybody's").Produces<SilenceView>(StatusCodes.Status201Created);
        silences.MapGet("{id}", GetAsync).Reads(Scopes.Alerts, known: true).WithSummary("One silence").Produces<SilenceView>();
        silences.MapPut("{id}", ReplaceAsync).Writes(Scopes.Alerts).WithSummary("Changes what it covers and when it ends; one that has begun keeps its beginning").MayConflict("It has ended (`conflict`).").Produces<SilenceView>();
        silences.MapDelete("{id}", EndAsync).Writes(Scopes.Alerts).WithSummary("Ends a silence now").Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<List<SilenceView>> ListAsync(HttpContext http, SilenceStore store, TimeProvider time)
    {
        var account = http.Account();
        return [.. (await store.ListAsync(time.GetUtcNow().ToUnixTimeMilliseconds(), http.RequestAborted)).Where(silence => account.Sees(silence.Owner)).Select(SilenceView.Of)];
    }

    private static async Task<IResult> GetAsync(HttpContext http, string id, SilenceStore store) =>
        await FindAsync(http, id, store) is { } silence && http.Account().Sees(silence.Owner) ? TypedResults.Ok(SilenceView.Of(silence)) : Unknown(id);

    private static async Task<IResult> AddAsync(HttpContext http, SilenceInput input, SilenceStore store, RuleChanges changes, IOptions<QuotaOptions> quotas, TimeProvider time)
    {
        var account = http.Account();
        if (input.Errors(time.GetUtcNow()) is { Count: > 0 } errors) return Problem.Invalid(errors);
        if (account.Role != Role.Admin && await store.CountAsync(account.Subject, time.GetUtcNow().ToUnixTimeMilliseconds(), http.RequestAborted) >= quotas.Value.Silences)
            return Problem.QuotaExceeded($"An account has at most {quotas.Value.Silences} silences at a time: end one that is not needed.");
        var added = SilenceView.Of(await store.AddAsync(input.Define(0, account.Role == Role.Admin ? null : account.Owner, account.Name), http.RequestAborted));
        await changes.TellAsync(account, "silence.created", added.Id, null, added);
        return TypedResults.Created($"/api/v1/silences/{added.Id}", added);
    }

    private static async Task<IResult> ReplaceAsync(HttpContext http, string id, SilenceInput input, SilenceStore store, RuleChanges changes, TimeProvider time)
    {
        if (await MineAsync(http, id, store) is not { } before) return Unknown(id);
        if (input.Errors(time.GetUtcNow()) is { Count: > 0 } errors) return Problem.Invalid(errors);
        if (await store.ReplaceAsync(input.Define(before.Id, before.Owner, before.CreatedBy ?? ""), http.RequestAborted) is not { } now) return Problem.Conflict("It has ended: add another.");
        await changes.TellAsync(http.Account(), "silence.changed", id, SilenceView.Of(before), SilenceView.Of(now));
        return TypedResults.Ok(SilenceView.Of(now));
    }

    private static async Task<IResult> EndAsync(HttpContext http, string id, SilenceStore store, RuleChanges changes)
    {
        if (await MineAsync(http, id, store) is not { } before) return Unknown(id);
        if (await store.EndAsync(before.Id, http.RequestAborted)) await changes.TellAsync(http.Account(), "silence.ended", id, SilenceView.Of(before), null);
        return TypedResults.NoContent();
    }

    private static async Task<Silence?> FindAsync(HttpContext http, string id, SilenceStore store) =>
        long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? await store.FindAsync(number, http.RequestAborted) : null;

    private static async Task<Silence?> MineAsync(HttpContext http, string id, SilenceStore store) =>
        await FindAsync(http, id, store) is { } silence && http.Account().MayChange(silence.Owner) ? silence : null;

    private static ApiProblem Unknown(string id) => Problem.NotFound($"You have no silence '{id}'.");
}
