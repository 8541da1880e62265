using CryptoScreener.ApiGateway.Auth;
using CryptoScreener.ApiGateway.Edge;
using CryptoScreener.ApiGateway.Endpoints;
using CryptoScreener.ApiGateway.Live;

namespace CryptoScreener.ApiGateway.Compatibility.Udf;

/// <summary>Against the last 24 hours; bid and ask are not known here and absent.</summary>
internal sealed record UdfQuoteValues(
    double? Ch, double? Chp, string ShortName, string Exchange, string Description, double? Lp, double? OpenPrice, double? HighPrice, double? LowPrice, double? PrevClosePrice, double? Volume);

internal sealed record UdfQuote(string S, string N, object V);

internal sealed record UdfQuotesAnswer(string S, IReadOnlyList<UdfQuote> D);

internal static class UdfQuotes
{
    private const int MaxSymbols = 200;
    private static readonly Parameter<string?> Symbols = Parameter.Text("symbols", "`BTCUSDT,binance-spot:ETHUSDT`.", 8_000);

    public static void MapUdfQuotes(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/udf/quotes", Get).Reads(Scopes.Market).Takes(Symbols).NeedsBus().WithTags("charts").WithSummary("The last 24 hours of instruments").Produces<UdfQuotesAnswer>();

    private static IResult Get(HttpContext http, FrameBook frames)
    {
        var query = new QueryReader(http);
        var symbols = (query.Get(Symbols) ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (symbols.Length is 0 or > MaxSymbols) query.Refuse("symbols", $"must name 1 to {MaxSymbols} instruments");
        if (query.Problem is { } problem) return problem;
        return TypedResults.Json(new UdfQuotesAnswer("ok", [.. symbols.Select(symbol => QuoteOf(symbol, HomeExchange.FindFrame(frames, symbol)))]), UdfEndpoints.Json);
    }

    private static UdfQuote QuoteOf(string symbol, LatestFrame? frame)
    {
        if (frame is null) return new UdfQuote("error", symbol, new { });
        var (price, open) = (Value("price"), Value("open(1d)"));
        return new UdfQuote("ok", symbol, new UdfQuoteValues(
            price - open, (price - open) / open * 100, frame.Instrument.Symbol, frame.Instrument.Exchange, frame.Instrument.ToString(), price, open, Value("high(1d)"), Value("low(1d)"),
            open, Value("base_volume(1d)")));

        double? Value(string metric) => ScreenerEndpoints.ValueOf(frame, metric);
    }
}
