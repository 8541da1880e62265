using CryptoScreener.ApiGateway.Auth;
using CryptoScreener.ApiGateway.Edge;
using CryptoScreener.ApiGateway.Live;
using CryptoScreener.Contracts.Instruments;
using CryptoScreener.Storage.Instruments;

namespace CryptoScreener.ApiGateway.Endpoints;

/// <param name="TickSize">The step of its price; null where it is not known.</param>
/// <param name="LotSize">The step of a quantity, in base coins.</param>
/// <param name="ListedAt">Null where the exchange does not tell.</param>
/// <param name="Url">Its page at the exchange.</param>
internal sealed record InstrumentView(
    string Exchange, string Symbol, string? Base, string? Quote, string Status, double? TickSize, double? LotSize, DateTime? ListedAt, string? Url);

internal static class InstrumentsEndpoints
{
    private static readonly Parameter<string?> Exchange = Parameter.Text("exchange", "Only this exchange's, for instance `binance-futures`.", 64);
    private static readonly Parameter<InstrumentStatus?> Status = Parameter.OneOf<InstrumentStatus>("status", "Only those in this state.");
    private static readonly Parameter<string?> Quote = Parameter.Text("quote", "Only those counted in this asset, for instance `USDT`.", 32);

    public static void MapInstruments(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/v1/instruments", ListAsync).Reads(Scopes.Market).Takes(Exchange, Status, Quote).WithETag()
            .WithTags("market").WithSummary("The instruments of all exchanges").Produces<List<InstrumentView>>();

    private static async Task<IResult> ListAsync(HttpContext http, InstrumentDirectory directory)
    {
        var query = new QueryReader(http);
        var (exchange, status, quote) = (query.Get(Exchange), query.Get(Status), query.Get(Quote));
        if (query.Problem is { } problem) return problem;
        var rows = (await directory.AllAsync(http.RequestAborted)).Values
            .Where(row => exchange is null || row.Instrument.Exchange == exchange)
            .Where(row => status is null || row.Status == status)
            .Where(row => quote is null || string.Equals(row.QuoteAsset, quote, StringComparison.OrdinalIgnoreCase))
            .OrderBy(row => row.Instrument);
        return TypedResults.Ok(rows.Select(View).ToList());
    }

    private static InstrumentView View(InstrumentRow row) => new(
        row.Instrument.Exchange, row.Instrument.Symbol, row.BaseAsset, row.QuoteAsset, NameOf(row.Status),
        row.Terms.TickSize, row.Terms.LotSize, row.Terms.ListedAt, PageOf(row.Instrument, row));

    private static string NameOf(InstrumentStatus status) => status.ToString().ToLowerInvariant();

    private static string? PageOf(InstrumentId id, InstrumentRow row) => id.Exchange switch
    {
        "binance-futures" => $"https://www.binance.com/en/futures/{id.Symbol}",
        "binance-spot" when row is { BaseAsset: { } b, QuoteAsset: { } q } => $"https://www.binance.com/en/trade/{b}_{q}",
        "bybit-linear" => $"https://www.bybit.com/trade/usdt/{id.Symbol}",
        "okx-swap" => $"https://www.okx.com/trade-swap/{id.Symbol.ToLowerInvariant()}",
        _ => null,
    };
}
