using System.Text.Json.Serialization;
using CryptoScreener.ApiGateway.Auth;
using CryptoScreener.ApiGateway.Edge;
using CryptoScreener.ApiGateway.Endpoints;
using CryptoScreener.ApiGateway.Live;
using CryptoScreener.Contracts.Candles;

namespace CryptoScreener.ApiGateway.Compatibility.Udf;

/// <summary>Bars in columns; times in seconds.</summary>
/// <param name="NextTime">Where to look instead when there is nothing: the closest earlier bar.</param>
internal sealed record UdfBars(
    string S, IReadOnlyList<long>? T, IReadOnlyList<double>? O, IReadOnlyList<double>? H, IReadOnlyList<double>? L, IReadOnlyList<double>? C, IReadOnlyList<double>? V,
    [property: JsonPropertyName("nextTime"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? NextTime = null)
{
    public static UdfBars Of(IReadOnlyList<Candle> bars) => new(
        "ok", [.. bars.Select(bar => bar.OpenTime / 1_000)], [.. bars.Select(bar => bar.Open)], [.. bars.Select(bar => bar.High)],
        [.. bars.Select(bar => bar.Low)], [.. bars.Select(bar => bar.Close)], [.. bars.Select(bar => bar.Volume)]);

    public static UdfBars None(long? nextTime) => new("no_data", null, null, null, null, null, null, nextTime);
}

internal static class UdfHistory
{
    private const int MaxBars = 20_000;
    private static readonly Parameter<string?> Symbol = Parameter.Text("symbol", "`BTCUSDT` or `binance-futures:BTCUSDT`.", 130);
    private static readonly Parameter<string?> Resolution = Parameter.Text("resolution", "`1`, `5`, `15`, `60`, `240`, `480`, `1D`.", 8);
    private static readonly Parameter<int> From = Parameter.Whole("from", 0, int.MaxValue, 0, "The first bar's time in seconds.");
    private static readonly Parameter<int> To = Parameter.Whole("to", 0, int.MaxValue, int.MaxValue, "Bars before this time, in seconds.");
    private static readonly Parameter<int> CountBack = Parameter.Whole("countback", 0, MaxBars, 0, "So many bars before `to`; then `from` does not count.");
    private static readonly Parameter<string?> Other = Parameter.Text("currencyCode", "Ignored.", 16);

    public static void MapUdfHistory(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/udf/history", GetAsync).Reads(Scopes.Market).Takes(Symbol, Resolution, From, To, CountBack, Other).WithTags("charts").WithSummary("Bars for a chart").Produces<UdfBars>();

    private static async Task<IResult> GetAsync(HttpContext http, InstrumentDirectory directory, CandlePages pages)
    {
        var query = new QueryReader(http);
        var (symbol, from, to, count) = (query.Get(Symbol), query.Get(From) * 1_000L, query.Get(To) * 1_000L, query.Get(CountBack));
        if (UdfResolutions.TimeframeOf(query.Get(Resolution) ?? "") is not { } name || !pages.TryTimeframe(name, out var timeframe))
        {
            query.Refuse("resolution", $"must be one of {string.Join(", ", UdfResolutions.Of(pages.Timeframes))}");
            timeframe = Timeframe.OneMinute;
        }

        if (symbol is null) query.Refuse(Symbol);
        if (query.Problem is { } problem) return problem;
        if (await HomeExchange.FindAsync(directory, symbol!, http.RequestAborted) is not { } instrument) return UdfEndpoints.UnknownSymbol();
        var (bars, _) = await pages.NewestUntilNowAsync(instrument, timeframe, count > 0 ? 0 : from, to - 1, count > 0 ? count : MaxBars, http.RequestAborted);
        if (bars.Count > 0) return TypedResults.Json(UdfBars.Of(bars), UdfEndpoints.Json);
        var earlier = await pages.NewestAsync(instrument, timeframe, 0, Math.Max(0, from - 1), 1, http.RequestAborted);
        return TypedResults.Json(UdfBars.None(earlier is [var bar] ? bar.OpenTime / 1_000 : null), UdfEndpoints.Json);
    }
}
