using System.Text.Json;
using CryptoScreener.ApiGateway.Auth;
using CryptoScreener.ApiGateway.Edge;
using CryptoScreener.ApiGateway.Endpoints;
using CryptoScreener.ApiGateway.Live;
using CryptoScreener.Contracts.Candles;

namespace CryptoScreener.ApiGateway.Compatibility;

/// <summary>The last 24 hours of each instrument as Binance's 24 h tickers. Fields that nothing here measures (the last trade's) are absent.</summary>
internal static class TickersEndpoints
{
    private const int MaxSymbols = 1_000;
    private const int PercentDigits = 3; // as the exchange gives it
    private static readonly Parameter<string?> Symbols = Parameter.Text("symbols", "`BTCUSDT,ETHUSDT`; all of the first exchange when absent.", 8_000);

    public static void MapTickers(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/tickers", GetAsync).Reads(Scopes.Market).Takes(Symbols).NeedsBus()
            .WithTags("earlier clients").WithSummary("The last 24 hours as Binance's tickers").Produces<JsonElement>();

    private static async Task GetAsync(HttpContext http, FrameBook frames)
    {
        var query = new QueryReader(http);
        var wanted = query.Get(Symbols)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (wanted?.Length > MaxSymbols) query.Refuse("symbols", $"must name at most {MaxSymbols}");
        if (query.Problem is { } problem)
        {
            await problem.ExecuteAsync(http);
            return;
        }

        var home = HomeExchange.Of(frames.All);
        var found = wanted is null
            ? frames.All.Where(frame => frame.Instrument.Exchange == home).OrderBy(frame => frame.Instrument)
            : wanted.Select(symbol => HomeExchange.FindFrame(frames, symbol)).OfType<LatestFrame>();
        http.Response.ContentType = "application/json";
        await using var json = new Utf8JsonWriter(http.Response.Body);
        json.WriteStartArray();
        foreach (var frame in found) Write(json, frame);
        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, LatestFrame frame)
    {
        var (price, open) = (Value(frame, "price"), Value(frame, "open(1d)"));
        var (volume, quote) = (Value(frame, "base_volume(1d)"), Value(frame, "volume(1d)"));
        json.WriteStartObject();
        json.WriteString("symbol", frame.Instrument.Symbol);
        WriteText(json, "priceChange", Difference(price, open));
        WriteText(json, "priceChangePercent", Math.Round((price - open) / open * 100, PercentDigits));
        WriteText(json, "weightedAvgPrice", quote / volume);
        WriteText(json, "lastPrice", price);
        WriteText(json, "openPrice", open);
        WriteText(json, "highPrice", Value(frame, "high(1d)"));
        WriteText(json, "lowPrice", Value(frame, "low(1d)"));
        WriteText(json, "volume", volume);
        WriteText(json, "quoteVolume", quote);
        json.WriteNumber("openTime", frame.Header.Minute + Timeframe.MinuteMs - Timeframe.OneDay.Milliseconds);
        json.WriteNumber("closeTime", frame.Header.EventTime);
        if (Value(frame, "trades(1d)") is var trades && double.IsFinite(trades)) json.WriteNumber("count", (long)trades);
        else json.WriteNull("count");
        json.WriteEndObject();
    }

    // Prices are decimal: their difference has no more digits than they have.
    internal static double Difference(double one, double other) =>
        double.IsFinite(one - other) ? (double)((decimal)one - (decimal)other) : double.NaN;

    private static double Value(LatestFrame frame, string metric) => ScreenerEndpoints.ValueOf(frame, metric) ?? double.NaN;

    // Null until a whole day is known: half a day's volume would pass for a day's.
    private static void WriteText(Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value)) json.WriteString(name, Klines.TextOf(value));
        else json.WriteNull(name);
    }
}
