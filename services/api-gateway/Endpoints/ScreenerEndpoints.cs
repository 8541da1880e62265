using CryptoScreener.ApiGateway.Auth;
using CryptoScreener.ApiGateway.Demands;
using CryptoScreener.ApiGateway.Edge;
using CryptoScreener.ApiGateway.Live;
using CryptoScreener.Messaging.Catalogues;
using CryptoScreener.Rules;
using CryptoScreener.Rules.Compilation;

namespace CryptoScreener.ApiGateway.Endpoints;

internal sealed record ScreenerRow(string Exchange, string Symbol, long Minute, double?[] Values);

/// <param name="Total">How many instruments pass the filter, with those on other pages.</param>
/// <param name="Demanded">Metrics of the filter, the sort and the columns that nobody calculates yet: unknown until then.</param>
internal sealed record ScreenerPage(
    long Total, IReadOnlyList<string> Columns, IReadOnlyList<ScreenerRow> Rows, string? Next, IReadOnlyList<DemandedMetric> Demanded);

internal static class ScreenerEndpoints
{
    private const int MaxColumns = 100;
    private static readonly string[] UnlessGiven = ["price", "change(5m)", "change(1h)", "volume(1h)"];
    private static readonly Parameter<string?> Filter = Parameter.Text("filter", "A condition of the rule language, for instance `rsi(14,1h) < 30 and volume(1h) > 1M`.", 4_000);
    private static readonly Parameter<string?> Sort = Parameter.Text("sort", "A metric; `-` in front puts the largest first. Unknown values come last either way.", 200);
    private static readonly Parameter<string?> Columns = Parameter.Text("columns", "Metric names, separated by commas.", 4_000);
    private static readonly Parameter<string?> Exchange = Parameter.Text("exchange", "Only this exchange's.", 64);
    private static readonly Parameter<int> Limit = Parameter.Whole("limit", 1, 1_000, 100, "How many rows.");
    private static readonly Parameter<string?> Cursor = Parameter.Text("cursor", "Where the page before ended: its `next`.");

    public static void MapScreener(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/v1/screener", Get).Reads(Scopes.Market).Takes(Filter, Sort, Columns, Exchange, Limit, Cursor).NeedsBus()
            .WithTags("market").WithSummary("The instruments that pass a filter, sorted, over the newest frames").Produces<ScreenerPage>();

    private static IResult Get(HttpContext http, FrameBook frames, CatalogueBook catalogues, ScreenerQueries queries, PageDemands demands)
    {
        var query = new QueryReader(http);
        var (filter, sort, exchange, limit) = (query.Get(Filter), query.Get(Sort), query.Get(Exchange), query.Get(Limit));
        var columns = ColumnList.Split(query.Get(Columns));
        var skip = Cursors.Skip(query, Cursor);
        if (columns.Count > MaxColumns) query.Refuse("columns", $"must name at most {MaxColumns} metrics");
        if (query.Problem is { } problem) return problem;
        if (catalogues.Current is not { } catalogue) return Problem.NotReady("No metrics were published yet.");
        if (columns.Count == 0) columns = [.. UnlessGiven.Where(c => catalogue.ColumnOf(c) >= 0)]; // timeframes are configurable
        var shown = columns.Select(column => MetricName.Find(column, catalogue)).ToList();
        if (shown.IndexOf(null) is >= 0 and var at) return Problem.UnknownMetric(columns[at]);
        if (filter is not null && queries.Filter(filter, catalogue) is { Result: null } wrong) return RuleProblems.OfParameter("filter", wrong.Errors);
        if (sort is not null && queries.Sort(sort, catalogue) is { Errors.IsEmpty: false } key) return RuleProblems.OfParameter("sort", key.Errors);

        var passed = frames.All.Where(f => (exchange is null || f.Instrument.Exchange == exchange) && Passes(f, filter, queries)).ToList();
        passed.Sort(sort is null ? static (one, other) => one.Instrument.CompareTo(other.Instrument) : Comparer(passed, sort, queries));
        var page = passed.Skip(skip).Take(limit).Select(frame => RowOf(frame, columns)).ToList();
        var next = Cursors.After(skip + page.Count, passed.Count);
        var demanded = demands.Use(http.Account(), [.. queries.Metrics(filter, sort, catalogue), .. shown.OfType<RuleMetric>()]);
        return TypedResults.Ok(new ScreenerPage(passed.Count, columns, page, next, demanded));
    }

    // Frames of two catalogues stand side by side during a roll-out: each is asked by its own.
    private static bool Passes(LatestFrame frame, string? filter, ScreenerQueries queries) =>
        filter is null || queries.Filter(filter, frame.Catalogue).Result?.Evaluate(frame.Values) == Truth.True;

    private static Comparison<LatestFrame> Comparer(List<LatestFrame> frames, string sort, ScreenerQueries queries)
    {
        var keys = frames.Select(frame => frame.Catalogue).Distinct().ToDictionary(catalogue => catalogue, catalogue => queries.Sort(sort, catalogue));
        var descending = sort.StartsWith('-');
        return (one, other) =>
        {
            var (a, b) = (Value(one), Value(other));
            var order = (double.IsNaN(a), double.IsNaN(b)) switch
            {
                (true, true) => 0,
                (true, false) => 1,
                (false, true) => -1,
                _ => descending ? b.CompareTo(a) : a.CompareTo(b),
            };
            return order != 0 ? order : one.Instrument.CompareTo(other.Instrument);
        };

        double Value(LatestFrame frame) => keys[frame.Catalogue].Metric?.In(frame.Values) ?? double.NaN;
    }

    private static ScreenerRow RowOf(LatestFrame frame, IReadOnlyList<string> columns) => new(
        frame.Instrument.Exchange, frame.Instrument.Symbol, frame.Header.Minute, [.. columns.Select(column => ValueOf(frame, column))]);

    internal static double? ValueOf(LatestFrame frame, string column) =>
        frame.Catalogue.ColumnOf(column) is >= 0 and var place && double.IsFinite(frame.Values[place]) ? frame.Values[place] : null;
}
