using System.Globalization;
using System.Text.Json;
using CryptoScreener.ApiGateway.Auth;
using CryptoScreener.ApiGateway.Edge;
using CryptoScreener.ApiGateway.Endpoints;
using CryptoScreener.ApiGateway.Live;

namespace CryptoScreener.ApiGateway.Compatibility.Udf;

internal sealed record UdfExchange(string Value, string Name, string Desc);

internal sealed record UdfType(string Name, string Value);

internal sealed record UdfConfig(
    IReadOnlyList<string> SupportedResolutions, bool SupportsSearch, bool SupportsGroupRequest, bool SupportsMarks, bool SupportsTimescaleMarks, bool SupportsTime,
    IReadOnlyList<UdfExchange> Exchanges, IReadOnlyList<UdfType> SymbolsTypes);

internal sealed record UdfFound(string Symbol, string FullName, string Description, string Exchange, string Ticker, string Type);

/// <summary>The datafeed that TradingView's charting library asks (UDF).</summary>
internal static class UdfEndpoints
{
    private static readonly Parameter<string?> Symbol = Parameter.Text("symbol", "`BTCUSDT` or `binance-futures:BTCUSDT`.", 130);
    private static readonly Parameter<string?> Query = Parameter.Text("query", "Part of a name.", 64);
    private static readonly Parameter<string?> Type = Parameter.Text("type", "`crypto` or empty.", 32);
    private static readonly Parameter<string?> Exchange = Parameter.Text("exchange", "Only this exchange's.", 64);
    private static readonly Parameter<int> Limit = Parameter.Whole("limit", 1, 200, 30, "How many.");

    /// <summary>Like the API's, but for what is absent: charting libraries tell that from null.</summary>
    public static readonly JsonSerializerOptions Json = new(ApiJson.Options) { DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull };

    public static ApiProblem UnknownSymbol() => new(StatusCodes.Status404NotFound, "unknown_symbol", "unknown_symbol");

    public static void MapUdf(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/udf/config", ConfigAsync).Reads(Scopes.Market).WithTags("charts").WithSummary("What this datafeed can do").Produces<UdfConfig>();
        routes.MapGet("/udf/time", (TimeProvider time) => TypedResults.Text(time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)))
            .Reads(Scopes.Market).WithTags("charts").WithSummary("The server's time in seconds").Produces<string>(contentType: "text/plain");
        routes.MapGet("/udf/symbols", SymbolAsync).Reads(Scopes.Market).Takes(Symbol).WithTags("charts").WithSummary("One instrument").Produces<UdfSymbol>();
        routes.MapGet("/udf/search", SearchAsync).Reads(Scopes.Market).Takes(Query, Type, Exchange, Limit).WithTags("charts").WithSummary("Instruments by name").Produces<List<UdfFound>>();
        routes.MapUdfHistory();
        routes.MapUdfMarks();
        routes.MapUdfQuotes();
    }

    private static async Task<IResult> ConfigAsync(HttpContext http, InstrumentDirectory directory, CandlePages pages)
    {
        var exchanges = (await directory.AllAsync(http.RequestAborted)).Keys.Select(id => id.Exchange).Distinct(StringComparer.Ordinal)
            .OrderBy(HomeExchange.RankOf).ThenBy(name => name, StringComparer.Ordinal);
        return TypedResults.Json(new UdfConfig(
            UdfResolutions.Of(pages.Timeframes), true, false, true, true, true, [new UdfExchange("", "All", ""), .. exchanges.Select(name => new UdfExchange(name, name, name))],
            [new UdfType("All", ""), new UdfType("Crypto", "crypto")]), Json);
    }

    private static async Task<IResult> SymbolAsync(HttpContext http, InstrumentDirectory directory, UdfSymbols symbols)
    {
        var query = new QueryReader(http);
        var symbol = query.Get(Symbol);
        if (symbol is null) query.Refuse(Symbol);
        if (query.Problem is { } problem) return problem;
        return await HomeExchange.FindAsync(directory, symbol!, http.RequestAborted) is { } found
            ? TypedResults.Json(await symbols.DescribeAsync(found, http.RequestAborted), Json)
            : UnknownSymbol();
    }

    private static async Task<IResult> SearchAsync(HttpContext http, InstrumentDirectory directory)
    {
        var query = new QueryReader(http);
        var (text, type, exchange, limit) = (query.Get(Query) ?? "", query.Get(Type), query.Get(Exchange), query.Get(Limit));
        if (query.Problem is { } problem) return problem;
        if (type is not (null or "crypto")) return TypedResults.Json(new List<UdfFound>(), Json);
        var found = (await directory.AllAsync(http.RequestAborted)).Values
            .Where(row => exchange is null || row.Instrument.Exchange == exchange)
            .Where(row => row.Instrument.ToString().Contains(text, StringComparison.OrdinalIgnoreCase))
            .OrderByDescending(row => row.Instrument.Symbol.StartsWith(text, StringComparison.OrdinalIgnoreCase))
            .ThenBy(row => row.Instrument.Symbol.Length).ThenBy(row => row.Instrument.Symbol, StringComparer.Ordinal).ThenBy(row => HomeExchange.RankOf(row.Instrument.Exchange))
            .Take(limit)
            .Select(row => new UdfFound(
                row.Instrument.Symbol, row.Instrument.ToString(), UdfSymbols.DescriptionOf(row), row.Instrument.Exchange, row.Instrument.ToString(), "crypto"));
        return TypedResults.Json(found.ToList(), Json);
    }
}
