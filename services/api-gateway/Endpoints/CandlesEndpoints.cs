using System.Globalization;
using CryptoScreener.ApiGateway.Auth;
using CryptoScreener.ApiGateway.Edge;
using CryptoScreener.ApiGateway.Live;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.Storage.Instruments;

namespace CryptoScreener.ApiGateway.Endpoints;

internal static class CandlesEndpoints
{
    private const int ExportPage = 5_000;
    private static readonly long Ever = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();
    private static readonly Parameter<string?> TimeframeOf = Parameter.Text("timeframe", "`1m` (when absent), `5m`, `15m`, `1h`, `4h`, `8h`, `1d`.", 8);
    private static readonly Parameter<long?> From = Parameter.Time("from", "The first open time.");
    private static readonly Parameter<long?> To = Parameter.Time("to", "The last open time.");
    private static readonly Parameter<int> Limit = Parameter.Whole("limit", 1, 5_000, 500, "How many bars.");
    private static readonly Parameter<string?> Cursor = Parameter.Text("cursor", "Where the page before ended: its `next`.");

    public static void MapCandles(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/v1/candles/{exchange}/{symbol}", GetAsync).Reads(Scopes.Market).Takes(TimeframeOf, From, To, Limit, Cursor)
            .WithMetadata(Unlimited.Instance).WithTags("market")
            .WithSummary("Bars of an instrument, oldest first: [open_time, open, high, low, close, volume, quote_volume, trades, taker_buy_volume]")
            .WithDescription("The newest `limit` of the range; `next` is the cursor to older ones. With `Accept: application/x-ndjson` the whole range, one bar a line.")
            .Produces<CandlePage>();

    private static async Task<IResult> GetAsync(HttpContext http, string exchange, string symbol, InstrumentDirectory directory, CandlePages pages)
    {
        var query = new QueryReader(http);
        var (text, limit, cursor) = (query.Get(TimeframeOf) ?? "1m", query.Get(Limit), query.Get(Cursor));
        var (from, to) = (query.Get(From) ?? 0, query.Get(To) ?? Ever);
        if (!pages.TryTimeframe(text, out var timeframe)) query.Refuse("timeframe", $"must be one of {string.Join(", ", pages.Timeframes)}");
        if (from > to) query.Refuse("from", "must not be later than 'to'");
        if (cursor is not null && Before(cursor) is var before)
        {
            if (before is null) query.Refuse(Cursor);
            else to = Math.Min(to, before.Value - 1);
        }

        if (query.Problem is { } problem) return problem;
        if (await directory.FindAsync(exchange, symbol, http.RequestAborted) is not { } instrument) return Problem.UnknownInstrument(exchange, symbol);
        if (NdJson.IsWanted(http.Request))
            return new NdJson<Candle>(write => ExportAsync(write, pages, instrument, timeframe, from, to, http.RequestAborted), (json, candle) => json.WriteCandle(candle));
        return await PageAsync(pages, instrument, timeframe, from, to, limit, http.RequestAborted);
    }

    private static async Task<IResult> PageAsync(
        CandlePages pages, InstrumentRow instrument, Timeframe timeframe, long from, long to, int limit, CancellationToken stop)
    {
        var (candles, forming) = await pages.NewestUntilNowAsync(instrument, timeframe, from, to, limit + 1, stop);
        var more = candles.Count > limit;
        if (more) candles.RemoveAt(0);
        var next = more ? Cursors.Of(candles[0].OpenTime.ToString(CultureInfo.InvariantCulture)) : null;
        return new CandleBody(candles, next, forming);
    }

    /// <summary>Walks forward page by page, so that a year of minutes needs no memory and no long-lived query.</summary>
    private static async Task ExportAsync(
        Func<Candle, Task> write, CandlePages pages, InstrumentRow instrument, Timeframe timeframe, long from, long to, CancellationToken stop)
    {
        var extent = await pages.ExtentAsync(instrument, timeframe, from, to, stop) ?? (First: 0, Last: -1);
        for (var start = extent.First; start <= extent.Last; start += ExportPage * timeframe.Milliseconds)
            foreach (var candle in await pages.RangeAsync(instrument, timeframe, start, Math.Min(extent.Last, start + (ExportPage * timeframe.Milliseconds) - 1), stop))
                await write(candle);
        var newest = new List<Candle>();
        var forming = await pages.AddNewestAsync(newest, instrument, timeframe, Math.Max(from, extent.Last + 1), to, stop);
        foreach (var candle in newest.Take(newest.Count - (forming ? 1 : 0))) await write(candle); // what has not ended is no data yet
    }

    private static long? Before(string cursor) =>
        Cursors.TryOpen(cursor, out var place) && long.TryParse(place, NumberStyles.None, CultureInfo.InvariantCulture, out var before) && before > 0 ? before : null;
}

/// <param name="Forming">Whether the last item is the bar that has not ended.</param>
internal sealed record CandlePage(IReadOnlyList<double?[]> Items, string? Next, bool Forming);
