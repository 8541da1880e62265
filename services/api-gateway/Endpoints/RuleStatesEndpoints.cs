using CryptoScreener.ApiGateway.Auth;
using CryptoScreener.ApiGateway.Edge;
using CryptoScreener.ApiGateway.Live;
using CryptoScreener.Messaging.Connection;
using CryptoScreener.Rules.Triggers;
using CryptoScreener.Storage.Rules;

namespace CryptoScreener.ApiGateway.Endpoints;

/// <param name="AsOf">When the engine saved them: once a minute. Null while it has saved none.</param>
/// <param name="Complete">False when so much fires that the engine does not keep all of it for show.</param>
/// <param name="Counts">Of all instruments that the rule looks at; zeros while it is switched off.</param>
internal sealed record RuleStatesPage(DateTime? AsOf, bool Complete, StateCounts Counts, IReadOnlyList<InstrumentState> Items, string? Next);

internal sealed record StateCounts(int Inactive, int Pending, int Firing, int Recovering, int NoData);

/// <param name="Since">Null while inactive and without data.</param>
internal sealed record InstrumentState(string Exchange, string Symbol, TriggerPhase State, DateTime? Since);

internal static class RuleStatesEndpoints
{
    private static readonly TriggerPhase[] Order = [TriggerPhase.Firing, TriggerPhase.Pending, TriggerPhase.Recovering, TriggerPhase.NoData, TriggerPhase.Inactive];
    private static readonly Parameter<TriggerPhase?> State = Parameter.OneOf<TriggerPhase>("state", "Only instruments in this state; all but the inactive ones when absent.");
    private static readonly Parameter<int> Limit = Parameter.Whole("limit", 1, 1_000, 100, "How many instruments.");
    private static readonly Parameter<string?> Cursor = Parameter.Text("cursor", "Where the page before ended: its `next`.");

    public static void MapRuleStates(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/v1/rules/{id}/states", GetAsync).Reads(Scopes.Rules).Takes(State, Limit, Cursor).WithTags("rules")
            .WithSummary("Where a rule stands on each instrument: firing ones first, then pending, recovering, without data").Produces<RuleStatesPage>();

    private static async Task<IResult> GetAsync(
        HttpContext http, string id, RuleReader rules, RulePhaseStore phases, Bus bus, FrameBook frames, InstrumentDirectory directory)
    {
        var query = new QueryReader(http);
        var (state, limit, skip) = (query.Get(State), query.Get(Limit), Cursors.Skip(query, Cursor));
        if (query.Problem is { } problem) return problem;

        if (await rules.SeenAsync(http, id) is not { Definition: var rule }) return Problem.UnknownRule(id);
        var saved = await phases.ReadAsync(id, bus.Partitions, http.RequestAborted);
        var instruments = await directory.AllAsync(http.RequestAborted);
        var standings = saved is null || !rule.Enabled
            ? []
            : RuleStanding.Of(rule, saved, frames.All, instrument => instruments.GetValueOrDefault(instrument)?.QuoteAsset ?? "");

        var shown = standings.Where(s => state is null ? s.Phase != TriggerPhase.Inactive : s.Phase == state)
            .OrderBy(s => Array.IndexOf(Order, s.Phase)).ThenBy(s => s.Instrument).ToList();
        var items = shown.Skip(skip).Take(limit).Select(s => new InstrumentState(s.Instrument.Exchange, s.Instrument.Symbol, s.Phase, ApiTime.Of(s.Since))).ToList();
        return TypedResults.Ok(new RuleStatesPage(
            ApiTime.Of(saved?.AsOf), saved?.Complete ?? true, CountsOf(standings), items, Cursors.After(skip + items.Count, shown.Count)));
    }

    private static StateCounts CountsOf(List<InstrumentStanding> standings)
    {
        var counts = standings.CountBy(standing => standing.Phase).ToDictionary();
        return new(
            counts.GetValueOrDefault(TriggerPhase.Inactive), counts.GetValueOrDefault(TriggerPhase.Pending), counts.GetValueOrDefault(TriggerPhase.Firing),
            counts.GetValueOrDefault(TriggerPhase.Recovering), counts.GetValueOrDefault(TriggerPhase.NoData));
    }
}
