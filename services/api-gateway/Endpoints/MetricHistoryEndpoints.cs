using CryptoScreener.ApiGateway.Auth;
using CryptoScreener.ApiGateway.Edge;
using CryptoScreener.ApiGateway.Live;
using CryptoScreener.Messaging.Catalogues;
using CryptoScreener.Storage.Catalogues;
using CryptoScreener.Storage.Metrics;

namespace CryptoScreener.ApiGateway.Endpoints;

/// <param name="Items">One row a minute: the minute (unix ms), then a value for each column; null where it was unknown.</param>
internal sealed record MetricSeries(IReadOnlyList<string> Columns, IReadOnlyList<double?[]> Items);

internal static class MetricHistoryEndpoints
{
    private const int MaxColumns = 20;
    private const int ExportPage = 1_000;
    private static readonly TimeSpan Longest = TimeSpan.FromDays(2);
    private static readonly Parameter<string?> Columns = Parameter.Text("columns", "Metric names, separated by commas; `price` when absent.", 2_000);
    private static readonly Parameter<long?> From = Parameter.Time("from", "The first minute; four hours before `to` when absent.");
    private static readonly Parameter<long?> To = Parameter.Time("to", "The last minute; now when absent.");

    public static void MapMetricHistory(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/v1/metrics/{exchange}/{symbol}/history", GetAsync).Reads(Scopes.Market).Takes(Columns, From, To)
            .WithMetadata(Unlimited.WhenExported).WithTags("market").WithSummary("Metrics of an instrument, minute by minute, two days at most")
            .WithDescription("With `Accept: application/x-ndjson` any range, one minute a line: the minute (unix ms), then a value for each column.").Produces<MetricSeries>();

    private static async Task<IResult> GetAsync(
        HttpContext http, string exchange, string symbol, InstrumentDirectory directory, MetricHistory history, CatalogueBook book, CatalogueStore store, TimeProvider time)
    {
        var query = new QueryReader(http);
        var columns = ColumnList.Split(query.Get(Columns) ?? "price");
        var to = query.Get(To) ?? time.GetUtcNow().ToUnixTimeMilliseconds();
        var from = query.Get(From) ?? to - (long)TimeSpan.FromHours(4).TotalMilliseconds;
        if (columns.Count is 0 or > MaxColumns) query.Refuse("columns", $"must name 1 to {MaxColumns} metrics");
        var isExport = NdJson.IsWanted(http.Request);
        if (!isExport && to - from > Longest.TotalMilliseconds) query.Refuse("from", $"must lie at most {Longest.TotalDays:0} days before 'to'");
        if (from > to) query.Refuse("from", "must not be later than 'to'");
        if (query.Problem is { } problem) return problem;
        if (book.Current is { } current && columns.FirstOrDefault(c => current.ColumnOf(c) < 0) is { } unknown) return Problem.UnknownMetric(unknown);
        if (await directory.FindAsync(exchange, symbol, http.RequestAborted) is not { } instrument) return Problem.UnknownInstrument(exchange, symbol);
        if (isExport)
        {
            return new NdJson<double?[]>(
                write => ExportAsync(write, history, instrument.Id, from, to, page => SelectAsync(page, columns, book, store, http.RequestAborted), http.RequestAborted));
        }

        var rows = await history.ReadAsync(instrument.Id, from, to, http.RequestAborted);
        return TypedResults.Ok(new MetricSeries(columns, await SelectAsync(rows, columns, book, store, http.RequestAborted)));
    }

    private static async Task ExportAsync(
        Func<double?[], Task> write, MetricHistory history, int instrument, long from, long to, Func<List<MetricRow>, Task<List<double?[]>>> select, CancellationToken stop)
    {
        await foreach (var page in NdJson.PagesAsync<MetricRow>(
            ExportPage, before => history.PageAsync(instrument, before is [.., var last] ? last.Minute + 1 : from, to, ExportPage, stop)))
            foreach (var row in await select(page)) await write(row);
    }

    /// <summary>Rows of several catalogues, as a roll-out leaves them, each by its own.</summary>
    private static async Task<List<double?[]>> SelectAsync(
        List<MetricRow> rows, IReadOnlyList<string> columns, CatalogueBook book, CatalogueStore store, CancellationToken stop)
    {
        var items = new List<double?[]>(rows.Count);
        foreach (var ofOne in rows.GroupBy(row => row.CatalogueHash))
        {
            if ((book.Find(ofOne.Key) ?? await store.FindAsync(ofOne.Key, stop)) is not { } catalogue) continue;
            int[] places = [.. columns.Select(catalogue.ColumnOf)];
            foreach (var row in ofOne) items.Add([row.Minute, .. places.Select(place => ValueAt(row, place))]);
        }

        return [.. items.OrderBy(item => item[0])];
    }

    private static double? ValueAt(MetricRow row, int place) =>
        place >= 0 && place < row.Numbers.Length && double.IsFinite(row.Numbers[place]) ? row.Numbers[place] : null;
}
