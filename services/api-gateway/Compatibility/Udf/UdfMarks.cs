using System.Text.Json.Serialization;
using CryptoScreener.ApiGateway.Auth;
using CryptoScreener.ApiGateway.Edge;
using CryptoScreener.ApiGateway.Live;
using CryptoScreener.Contracts.Alerts;
using CryptoScreener.Contracts.Feed;
using CryptoScreener.Storage.Alerts;
using CryptoScreener.Storage.Gaps;

namespace CryptoScreener.ApiGateway.Compatibility.Udf;

/// <summary>Marks in columns.</summary>
internal sealed record UdfMarkColumns(
    IReadOnlyList<string> Id, IReadOnlyList<long> Time, IReadOnlyList<string> Color, IReadOnlyList<string> Text, IReadOnlyList<string> Label,
    [property: JsonPropertyName("labelFontColor")] IReadOnlyList<string> LabelFontColor, [property: JsonPropertyName("minSize")] IReadOnlyList<int> MinSize);

internal sealed record UdfTimescaleMark(string Id, long Time, string Color, string Label, IReadOnlyList<string> Tooltip);

/// <summary>Alerts that fired stand on the bars; minutes that are missing stand on the time scale.</summary>
internal static class UdfMarks
{
    private const int MaxMarks = 500;
    private static readonly Parameter<string?> Symbol = Parameter.Text("symbol", "`BTCUSDT` or `binance-futures:BTCUSDT`.", 130);
    private static readonly Parameter<string?> Resolution = Parameter.Text("resolution", "The chart's; does not matter.", 8);
    private static readonly Parameter<int> From = Parameter.Whole("from", 0, int.MaxValue, 0, "In seconds.");
    private static readonly Parameter<int> To = Parameter.Whole("to", 0, int.MaxValue, int.MaxValue, "In seconds.");

    public static void MapUdfMarks(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/udf/marks", AlertsAsync).Reads(Scopes.Alerts).Takes(Symbol, Resolution, From, To).WithTags("charts").WithSummary("Alerts on bars").Produces<UdfMarkColumns>();
        routes.MapGet("/udf/timescale_marks", GapsAsync).Reads(Scopes.Market).Takes(Symbol, Resolution, From, To)
            .WithTags("charts").WithSummary("Missing minutes on the time scale").Produces<List<UdfTimescaleMark>>();
    }

    private static async Task<IResult> AlertsAsync(HttpContext http, InstrumentDirectory directory, AlertStore store)
    {
        var query = new QueryReader(http);
        var (symbol, from, to) = (query.Get(Symbol), query.Get(From) * 1_000L, query.Get(To) * 1_000L);
        if (symbol is null) query.Refuse(Symbol);
        if (query.Problem is { } problem) return problem;
        if (await HomeExchange.FindAsync(directory, symbol!, http.RequestAborted) is not { Instrument: var id }) return UdfEndpoints.UnknownSymbol();
        var account = http.Account();
        var alerts = (await store.SearchAsync(new AlertQuery
        {
            Exchange = id.Exchange,
            Symbol = id.Symbol,
            State = AlertState.Fired,
            Since = from,
            Until = to,
            Limit = MaxMarks,
            VisibleTo = account.Owner,
            OfEveryOwner = account.Role == Role.Admin,
        }, http.RequestAborted)).Select(alert => alert.Event).Reverse().ToList();
        return TypedResults.Json(new UdfMarkColumns(
            [.. alerts.Select(alert => alert.Id)], [.. alerts.Select(alert => new DateTimeOffset(alert.Timestamp).ToUnixTimeSeconds())], [.. alerts.Select(ColorOf)],
            [.. alerts.Select(alert => alert.Description)], [.. alerts.Select(alert => alert.RuleType[..1].ToUpperInvariant())], [.. alerts.Select(_ => "white")], [.. alerts.Select(_ => 14)]), UdfEndpoints.Json);
    }

    private static async Task<IResult> GapsAsync(HttpContext http, InstrumentDirectory directory, GapStore store)
    {
        var query = new QueryReader(http);
        var (symbol, from, to) = (query.Get(Symbol), query.Get(From) * 1_000L, query.Get(To) * 1_000L);
        if (symbol is null) query.Refuse(Symbol);
        if (query.Problem is { } problem) return problem;
        if (await HomeExchange.FindAsync(directory, symbol!, http.RequestAborted) is not { } instrument) return UdfEndpoints.UnknownSymbol();
        var gaps = await store.ListAsync(instrument.Id, null, from, to, MaxMarks, http.RequestAborted);
        return TypedResults.Json(gaps.Where(gap => gap.State != GapState.Repaired).Reverse().Select(MarkOf).ToList(), UdfEndpoints.Json);
    }

    private static UdfTimescaleMark MarkOf(GapRow gap) => new(
        $"gap-{gap.InstrumentId}-{gap.From}", gap.From / 1_000, gap.State == GapState.Abandoned ? "red" : "grey", "G",
        [$"{((gap.Through - gap.From) / 60_000) + 1} minutes are missing", gap.Cause, gap.State == GapState.Abandoned ? "cannot be repaired" : "being repaired"]);

    private static string ColorOf(AlertEvent alert) => alert.Severity switch { AlertSeverity.Critical => "red", AlertSeverity.Warning => "yellow", _ => "blue" };
}
