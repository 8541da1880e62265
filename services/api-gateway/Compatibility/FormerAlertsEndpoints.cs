using CryptoScreener.ApiGateway.Auth;
using CryptoScreener.ApiGateway.Edge;
using CryptoScreener.ApiGateway.Endpoints;
using CryptoScreener.Contracts.Alerts;
using CryptoScreener.Storage.Alerts;

namespace CryptoScreener.ApiGateway.Compatibility;

internal static class FormerAlertsEndpoints
{
    private static readonly Parameter<string?> Symbol = Parameter.Text("symbol", "`BTCUSDT`.", 130);
    private static readonly Parameter<string?> RuleType = Parameter.Text("rule_type", "Of this preset.", 64);
    private static readonly Parameter<long?> Since = Parameter.Time("since", "From this time on.");
    private static readonly Parameter<int> Limit = Parameter.Whole("limit", 1, 500, 100, "How many alerts.");

    public static void MapFormerAlerts(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/alerts", ListAsync).Reads(Scopes.Alerts).Takes(Symbol, RuleType, Since, Limit)
            .WithTags("earlier clients").WithSummary("Firings, the newest first").Produces<List<AlertEvent>>();

    private static async Task<IResult> ListAsync(HttpContext http, AlertStore store)
    {
        var query = new QueryReader(http);
        var account = http.Account();
        var wanted = new AlertQuery
        {
            Symbol = query.Get(Symbol)?.ToUpperInvariant(),
            RuleType = query.Get(RuleType),
            Since = query.Get(Since),
            Limit = query.Get(Limit),
            State = AlertState.Fired, // earlier clients know of no end
            VisibleTo = account.Owner,
            OfEveryOwner = account.Role == Role.Admin,
        };
        return query.Problem is { } problem ? problem : new AlertList(await store.SearchTextAsync(wanted, http.RequestAborted));
    }
}
