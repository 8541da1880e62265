using System.Text.Json;
using CryptoScreener.ApiGateway.Auth;
using CryptoScreener.ApiGateway.Edge;
using CryptoScreener.ApiGateway.Endpoints;
using CryptoScreener.ApiGateway.Live;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.Storage.Instruments;

namespace CryptoScreener.ApiGateway.Compatibility;

internal static class KlinesEndpoints
{
    private static readonly Parameter<string?> Symbol = Parameter.Text("symbol", "`BTCUSDT`, or `okx-swap:BTC-USDT-SWAP`.", 130);
    private static readonly Parameter<string?> Interval = Parameter.Text("interval", "`1m` (when absent), `5m`, `15m`, `1h`, `4h`, `8h`, `1d`.", 8);
    private static readonly Parameter<long?> Start = Parameter.Time("startTime", "The first open time; then the oldest `limit` from there on.");
    private static readonly Parameter<long?> End = Parameter.Time("endTime", "The last open time.");
    private static readonly Parameter<int> Limit = Parameter.Whole("limit", 1, 1_500, 500, "How many bars.");

    public static void MapKlines(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/klines", GetAsync).Reads(Scopes.Market).Takes(Symbol, Interval, Start, End, Limit)
            .WithTags("earlier clients").WithSummary("Candles as Binance's klines").Produces<JsonElement>();

    private static async Task<IResult> GetAsync(HttpContext http, InstrumentDirectory directory, CandlePages pages)
    {
        var query = new QueryReader(http);
        var (symbol, interval, limit) = (query.Get(Symbol), query.Get(Interval) ?? "1m", query.Get(Limit));
        var (start, end) = (query.Get(Start), query.Get(End) ?? DateTimeOffset.MaxValue.ToUnixTimeMilliseconds());
        if (symbol is null) query.Refuse(Symbol);
        if (!pages.TryTimeframe(interval, out var timeframe)) query.Refuse("interval", $"must be one of {string.Join(", ", pages.Timeframes)}");
        if (query.Problem is { } problem) return problem;
        if (await HomeExchange.FindAsync(directory, symbol!, http.RequestAborted) is not { } instrument) return Problem.NotFound($"No instrument '{symbol}' is known.");
        return new Klines(await ReadAsync(pages, instrument, timeframe, start, end, limit, http.RequestAborted), timeframe);
    }

    private static async Task<List<Candle>> ReadAsync(
        CandlePages pages, InstrumentRow instrument, Timeframe timeframe, long? start, long end, int limit, CancellationToken stop)
    {
        if (start is not { } from) return (await pages.NewestUntilNowAsync(instrument, timeframe, 0, end, limit, stop)).Bars;
        var candles = await pages.OldestAsync(instrument, timeframe, from, end, limit, stop);
        if (candles.Count == limit) return candles; // there are more before the end
        await pages.AddNewestAsync(candles, instrument, timeframe, from, end, stop);
        if (candles.Count > limit) candles.RemoveRange(limit, candles.Count - limit);
        return candles;
    }
}
