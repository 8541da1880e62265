using CryptoScreener.ApiGateway.Auth;
using CryptoScreener.ApiGateway.Edge;
using CryptoScreener.ApiGateway.Live;
using CryptoScreener.Contracts.Instruments;
using CryptoScreener.Storage.Instruments;

namespace CryptoScreener.ApiGateway.Endpoints;

/// <param name="Matrix">One row and column per symbol, from −1 to 1; null where there are too few bars in common.</param>
internal sealed record CorrelationMatrix(string Timeframe, int Bars, IReadOnlyList<string> Symbols, double?[][] Matrix);

internal static class CorrelationEndpoints
{
    private const int MaxSymbols = 50;
    private static readonly Parameter<string?> Symbols = Parameter.Text(
        "symbols", $"2 to {MaxSymbols} instruments such as `binance-futures:BTCUSDT`, separated by commas; without an exchange the first that has the symbol.", 4_000);
    private static readonly Parameter<string?> TimeframeOf = Parameter.Text("timeframe", "Of the bars; `1h` when absent.", 8);
    private static readonly Parameter<int> Bars = Parameter.Whole("bars", 20, 1_000, 100, "How many bars back.");

    public static void MapCorrelation(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/v1/analytics/correlation", GetAsync).Reads(Scopes.Market).Takes(Symbols, TimeframeOf, Bars).WithETag()
            .WithTags("market").WithSummary("How instruments' returns go together").Produces<CorrelationMatrix>();

    private static async Task<IResult> GetAsync(HttpContext http, InstrumentDirectory directory, CorrelationCache cache, CandlePages pages)
    {
        var query = new QueryReader(http);
        var (text, bars) = (query.Get(TimeframeOf) ?? "1h", query.Get(Bars));
        string[] names = [.. (query.Get(Symbols) ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct()];
        if (!pages.TryTimeframe(text, out var timeframe)) query.Refuse("timeframe", $"must be one of {string.Join(", ", pages.Timeframes)}");
        if (names.Length is < 2 or > MaxSymbols) query.Refuse("symbols", $"must name 2 to {MaxSymbols} instruments");
        if (query.Problem is { } problem) return problem;
        var known = (await directory.AllAsync(http.RequestAborted)).Values;
        var found = new List<InstrumentRow>(names.Length);
        foreach (var name in names)
        {
            if (Find(known, name) is not { } row) return Problem.BadParameters(new Dictionary<string, string[]> { ["symbols"] = [$"names '{name}', which is not known"] });
            found.Add(row);
        }

        return TypedResults.Ok(new CorrelationMatrix(
            timeframe.ToString(), bars, [.. found.Select(row => row.Instrument.ToString())], await cache.OfAsync(found, timeframe, bars, http.RequestAborted)));
    }

    private static InstrumentRow? Find(IEnumerable<InstrumentRow> known, string name) => InstrumentId.TryParse(name, out var id)
        ? known.FirstOrDefault(row => row.Instrument == id)
        : known.Where(row => row.Instrument.Symbol == name).MinBy(row => row.Instrument.Exchange, StringComparer.Ordinal);
}
