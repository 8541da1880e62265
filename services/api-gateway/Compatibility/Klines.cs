using System.Globalization;
using System.Text.Json;
using CryptoScreener.Contracts.Candles;

namespace CryptoScreener.ApiGateway.Compatibility;

/// <summary>Candles as Binance writes klines: rows of twelve, prices and volumes as texts.</summary>
internal sealed class Klines(IReadOnlyList<Candle> candles, Timeframe timeframe) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.ContentType = "application/json";
        await using var json = new Utf8JsonWriter(httpContext.Response.Body);
        json.WriteStartArray();
        foreach (var candle in candles) Write(json, candle);
        json.WriteEndArray();
    }

    private void Write(Utf8JsonWriter json, Candle candle)
    {
        json.WriteStartArray();
        json.WriteNumberValue(candle.OpenTime);
        foreach (var price in (ReadOnlySpan<double>)[candle.Open, candle.High, candle.Low, candle.Close, candle.Volume]) json.WriteStringValue(TextOf(price));
        json.WriteNumberValue(candle.OpenTime + timeframe.Milliseconds - 1);
        json.WriteStringValue(TextOf(candle.QuoteVolume));
        json.WriteNumberValue(Math.Max(0, candle.Trades)); // the shape has no word for "not told"
        json.WriteStringValue(TextOf(candle.TakerBuyVolume));
        json.WriteStringValue(TextOf(candle.TakerBuyQuoteVolume));
        json.WriteStringValue("0"); // as Binance does: unused
        json.WriteEndArray();
    }

    // As decimals, never with an exponent; clients of this shape parse them by hand.
    internal static string TextOf(double value) => double.IsFinite(value) ? value.ToString("0.#################", CultureInfo.InvariantCulture) : "0";
}
