using System.Text.Json;
using CryptoScreener.ApiGateway.Auth;
using CryptoScreener.ApiGateway.Edge;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.Contracts.Rules;
using CryptoScreener.Messaging.Catalogues;
using CryptoScreener.Rules.Compilation;
using CryptoScreener.Storage.Replays;
using CryptoScreener.Storage.Rules;

namespace CryptoScreener.ApiGateway.Endpoints;

/// <param name="Rules">Ids of rules that you see.</param>
/// <param name="Definitions">Rules that are not stored: as POST /api/v1/rules takes them.</param>
internal sealed record ReplayAsked(
    IReadOnlyList<string>? Rules, IReadOnlyList<RuleInput>? Definitions, DateTime? From, DateTime? To, IReadOnlyList<string>? Exchanges, IReadOnlyList<string>? Symbols);

internal sealed record ReplayIdView(string Id);

/// <param name="Result">When it is done: how often each rule would have fired, and what became of the price.</param>
internal sealed record ReplayView(string Id, ReplayState State, double Progress, string? Error, JsonElement? Result, DateTime CreatedAt);

/// <summary>What rules would have done: queued here, run by the alert engine.</summary>
internal static class ReplaysEndpoints
{
    private const int MostRules = 100;
    private const int MostNames = 500;
    private static readonly TimeSpan Longest = TimeSpan.FromDays(366);

    public static void MapReplays(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/v1/rules/replay", AskAsync).Writes(Scopes.Rules).WithTags("rules")
            .WithSummary("Runs rules over stored history; look at the Location for the result").Produces<ReplayIdView>(StatusCodes.Status202Accepted);
        routes.MapGet("/api/v1/replays/{id}", GetAsync).Reads(Scopes.Rules, known: true).WithTags("rules").WithSummary("How far it is, and the result").Produces<ReplayView>();
        routes.MapDelete("/api/v1/replays/{id}", CancelAsync).Writes(Scopes.Rules).WithTags("rules").WithSummary("Cancels it").MayConflict("It is over already (`conflict`).").Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<IResult> AskAsync(HttpContext http, ReplayAsked asked, RuleReader rules, ReplayStore store, CatalogueBook catalogues)
    {
        if (catalogues.Current is not { } catalogue) return Problem.NotReady("No metrics were published yet: rules cannot be checked.");
        var errors = Errors(asked);
        if (errors.Count > 0) return Problem.Invalid(errors);
        var account = http.Account();
        var definitions = new List<RuleDefinition>();
        foreach (var id in asked.Rules ?? [])
        {
            if (await rules.SeenAsync(http, id) is { } rule) definitions.Add(rule.Definition);
            else errors["rules"] = [$"names '{id}', which you do not have"];
        }

        for (var i = 0; i < (asked.Definitions?.Count ?? 0); i++)
        {
            var definition = asked.Definitions![i].Define($"draft-{i + 1}", 1, "custom", account.Owner);
            if (RuleCompiler.Compile(definition, catalogue).Errors is { IsEmpty: false } wrong) errors[$"definitions[{i}]"] = [.. wrong.Select(error => error.ToString())];
            UniverseErrors.Add(errors, definition.Universe, $"definitions[{i}].universe");
            definitions.Add(definition);
        }

        if (errors.Count > 0) return Problem.Invalid(errors);
        var request = new ReplayRequest
        {
            Rules = definitions,
            From = MinuteOf(asked.From!.Value),
            To = MinuteOf(asked.To!.Value),
            Exchanges = asked.Exchanges ?? [],
            Symbols = asked.Symbols ?? [],
        };
        return await store.AddAsync(account.Owner, request, http.RequestAborted) is { } queued
            ? TypedResults.Accepted($"/api/v1/replays/{queued}", new ReplayIdView(queued))
            : Problem.QuotaExceeded($"{ReplayStore.MostOpen} of your replays are not over: wait for one, or cancel it.");
    }

    private static async Task<IResult> GetAsync(HttpContext http, string id, ReplayStore store) => await MineAsync(http, id, store) is { } replay
        ? TypedResults.Ok(new ReplayView(replay.Id, replay.State, replay.Progress, replay.Error, replay.Result is { } json ? JsonElement.Parse(json) : null, ApiTime.Of(replay.CreatedAt)))
        : Unknown(id);

    private static async Task<IResult> CancelAsync(HttpContext http, string id, ReplayStore store)
    {
        if (await MineAsync(http, id, store) is null) return Unknown(id);
        return await store.CancelAsync(id, http.RequestAborted) ? TypedResults.NoContent() : Problem.Conflict("It is over already.");
    }

    private static Dictionary<string, string[]> Errors(ReplayAsked asked)
    {
        var errors = new Dictionary<string, string[]>();
        var count = (asked.Rules?.Count ?? 0) + (asked.Definitions?.Count ?? 0);
        if (count is 0 or > MostRules) errors["rules"] = [$"must be, with definitions, 1 to {MostRules}"];
        if (asked.Definitions?.Any(definition => definition is null) ?? false) errors["definitions"] = ["must hold rules"];
        if (asked.From is not { } from) errors["from"] = ["must be a time"];
        else if (asked.To is not { } to || MinuteOf(to) <= MinuteOf(from) || to - from > Longest) errors["to"] = [$"must be a minute or more later than from, by at most {Longest.TotalDays:0} days"];
        foreach (var (field, names) in new[] { ("exchanges", asked.Exchanges), ("symbols", asked.Symbols) })
            if (names is not null && (names.Count > MostNames || names.Any(name => name is null or { Length: 0 or > 64 }))) errors[field] = [$"must hold at most {MostNames} texts of 1 to 64 characters"];
        return errors;
    }

    // History is kept by the minute: seconds are cut off, not refused.
    private static long MinuteOf(DateTime time) => ApiTime.ToUnixMs(time) / Timeframe.MinuteMs * Timeframe.MinuteMs;

    private static async Task<StoredReplay?> MineAsync(HttpContext http, string id, ReplayStore store) =>
        await store.FindAsync(id, http.RequestAborted) is { } replay && (http.Account().Role == Role.Admin || replay.Owner == http.Account().Owner) ? replay : null;

    private static ApiProblem Unknown(string id) => Problem.NotFound($"You have no replay '{id}'.");
}
