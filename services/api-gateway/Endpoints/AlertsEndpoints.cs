using CryptoScreener.ApiGateway.Alerts;
using CryptoScreener.ApiGateway.Auth;
using CryptoScreener.ApiGateway.Edge;
using CryptoScreener.Contracts.Alerts;
using CryptoScreener.Storage.Alerts;
using CryptoScreener.Storage.Connections;
using Microsoft.AspNetCore.Http.Extensions;

namespace CryptoScreener.ApiGateway.Endpoints;

internal sealed record AcknowledgeInput(string? Note);

internal sealed record RuleCount(string RuleId, long Count);

internal sealed record SymbolCount(string Exchange, string Symbol, long Count);

internal sealed record AlertSummaryView(
    long Total, IReadOnlyDictionary<string, long> BySeverity, IReadOnlyList<RuleCount> ByRule, IReadOnlyList<SymbolCount> BySymbol, long Acknowledged, long Active);

internal static class AlertsEndpoints
{
    private const int MaxNote = 2_000;
    private static readonly Parameter<string?> Symbol = Parameter.Text("symbol", "`BTCUSDT` on any exchange, or `binance-futures:BTCUSDT`.", 130);
    private static readonly Parameter<string?> Exchange = Parameter.Text("exchange", "Only this exchange's.", 64);
    private static readonly Parameter<string?> RuleType = Parameter.Text("rule_type", "Of this preset, or `custom`.", 64);
    private static readonly Parameter<string?> RuleId = Parameter.Text("rule_id", "Of this rule.", 64);
    private static readonly Parameter<AlertSeverity?> Severity = Parameter.OneOf<AlertSeverity>("severity", "At least this severe.");
    private static readonly Parameter<AlertState?> State = Parameter.OneOf<AlertState>("state", "Firings, ends or acknowledgements; without it the first two.");
    private static readonly Parameter<long?> Since = Parameter.Time("since", "From this time on.");
    private static readonly Parameter<long?> Until = Parameter.Time("until", "Up to this time.");
    private static readonly Parameter<bool?> Acknowledged = Parameter.Flag("acknowledged", "Only those that somebody took over, or nobody.");
    private static readonly Parameter<int> Limit = Parameter.Whole("limit", 1, 500, 100, "How many alerts.");
    private static readonly Parameter<string?> Cursor = Parameter.Text("cursor", "Where the page before ended; the Link header holds the next page's address.");
    private static readonly Parameter<int> Hours = Parameter.Whole("hours", 1, 24 * 30, 24, "How far back.");

    public static void MapAlerts(this IEndpointRouteBuilder routes)
    {
        var alerts = routes.MapGroup("/api/v1/alerts").WithTags("alerts");
        alerts.MapGet("", ListAsync).Reads(Scopes.Alerts).NeedsBus()
            .Takes(Symbol, Exchange, RuleType, RuleId, Severity, State, Since, Until, Acknowledged, Limit, Cursor)
            .WithMetadata(Unlimited.WhenExported)
            .WithSummary("Alerts, the newest first; the next page's address is in the Link header")
            .WithDescription("With `Accept: application/x-ndjson` all that match, one a line, whatever the limit.").Produces<List<AlertEvent>>();
        alerts.MapGet("summary", SummaryAsync).Reads(Scopes.Alerts).Takes(Hours).WithSummary("How often what has fired").Produces<AlertSummaryView>();
        alerts.MapGet("{id}", GetAsync).Reads(Scopes.Alerts).WithSummary("One alert").Produces<AlertEvent>();
        alerts.MapPost("{id}/acknowledge", AcknowledgeAsync).Writes(Scopes.Alerts)
            .WithSummary("Takes an alert over: its escalation ends, and those who heard of it are told").Produces<AlertEvent>();
    }

    private static async Task<IResult> ListAsync(HttpContext http, AlertStore store, AlertRing ring)
    {
        var query = new QueryReader(http);
        var account = http.Account();
        var (exchange, symbol) = SymbolOf(query);
        var wanted = new AlertQuery
        {
            Exchange = exchange,
            Symbol = symbol,
            RuleType = query.Get(RuleType),
            RuleId = query.Get(RuleId),
            AtLeast = query.Get(Severity),
            State = query.Get(State),
            Since = query.Get(Since),
            Until = query.Get(Until),
            Acknowledged = query.Get(Acknowledged),
            Limit = query.Get(Limit),
            VisibleTo = account.Owner,
            OfEveryOwner = account.Role == Role.Admin,
            After = After(query),
        };
        if (query.Problem is { } problem) return problem;
        if (NdJson.IsWanted(http.Request)) return new AlertExport(store, wanted);
        try
        {
            var found = await store.SearchTextAsync(wanted, http.RequestAborted);
            return Listed(http, found, hasNext: found.Count == wanted.Limit);
        }
        catch (Exception e) when (DatabaseErrors.IsUnavailable(e) && !http.RequestAborted.IsCancellationRequested && wanted is { After: null, Acknowledged: null })
        {
            if (RememberedAlerts.Find(ring, wanted) is not { } remembered)
                return Problem.NotReady("The database is away, and not all alerts since then are in memory. Ask again, or without 'since' for the newest.");
            http.Response.Headers[RememberedAlerts.Header] = "memory";
            return Listed(http, remembered.Alerts, remembered.HasNext);
        }
    }

    private static AlertList Listed(HttpContext http, List<AlertRow> found, bool hasNext)
    {
        if (hasNext) http.Response.Headers.Link = $"<{NextOf(http.Request, found[^1])}>; rel=\"next\"";
        return new AlertList(found);
    }

    private static async Task<IResult> GetAsync(HttpContext http, string id, AlertStore store) =>
        await SeenAsync(http, id, store) is { } alert ? new AlertList.One(alert) : Unknown(id);

    private static async Task<IResult> AcknowledgeAsync(HttpContext http, string id, AcknowledgeInput? input, AlertStore store, AuditTrail audit)
    {
        var account = http.Account();
        if (input?.Note?.Length > MaxNote) return Problem.Invalid("note", $"must have at most {MaxNote} characters");
        if (await SeenAsync(http, id, store) is not { } alert) return Unknown(id);
        if (await store.AcknowledgeAsync(id, account.Name, http.RequestAborted)) await audit.NoteAsync(account, "alert.acknowledged", id, after: new { input?.Note, by = account.Name });
        else if (alert.AcknowledgedBy is { } other && other != account.Name) return Problem.Conflict($"{other} has taken it over already.");
        return new AlertList.One((await SeenAsync(http, id, store))!);
    }

    private static async Task<IResult> SummaryAsync(HttpContext http, AlertCounts counts)
    {
        var query = new QueryReader(http);
        var hours = query.Get(Hours);
        if (query.Problem is { } problem) return problem;
        var summary = await counts.OfAsync(hours, http.Account(), http.RequestAborted);
        return TypedResults.Ok(new AlertSummaryView(
            summary.Total, Enum.GetValues<AlertSeverity>().ToDictionary(s => s.ToString().ToLowerInvariant(), s => summary.BySeverity.GetValueOrDefault(s)),
            [.. summary.ByRule.Select(r => new RuleCount(r.RuleId, r.Count))], [.. summary.BySymbol.Select(s => new SymbolCount(s.Exchange, s.Symbol, s.Count))],
            summary.Acknowledged, summary.Active));
    }

    private static async Task<StoredAlert?> SeenAsync(HttpContext http, string id, AlertStore store) =>
        await store.FindAsync(id, http.RequestAborted) is { } alert && http.Account().Sees(alert.Event.Owner) ? alert : null;

    private static ApiProblem Unknown(string id) => Problem.NotFound($"There is no alert '{id}', or it is being recorded this moment.");

    private static (string? Exchange, string? Symbol) SymbolOf(QueryReader query)
    {
        var (exchange, symbol) = (query.Get(Exchange), query.Get(Symbol));
        if (symbol?.Split(':') is not [var prefix, var rest]) return (exchange, symbol?.ToUpperInvariant());
        if (exchange is not null && exchange != prefix) query.Refuse("symbol", "names another exchange than 'exchange'");
        return (prefix, rest.ToUpperInvariant());
    }

    private static (long EventTime, string Id)? After(QueryReader query)
    {
        if (query.Get(Cursor) is not { } cursor) return null;
        if (Cursors.TryOpen(cursor, out var place) && place.Split(' ', 2) is [var at, var id] && long.TryParse(at, out var time) && ApiTime.IsTime(time)) return (time, id);
        query.Refuse(Cursor);
        return null;
    }

    /// <summary>Relative, so that it holds behind any proxy.</summary>
    private static string NextOf(HttpRequest request, AlertRow last)
    {
        var next = new QueryBuilder(request.Query.Where(p => p.Key != Cursor.Name)) { { Cursor.Name, Cursors.Of($"{last.EventTime} {last.Id}") } };
        return $"{request.Path}{next}";
    }
}
