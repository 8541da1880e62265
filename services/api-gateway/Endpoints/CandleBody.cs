using System.Text.Json;
using CryptoScreener.ApiGateway.Live;
using CryptoScreener.Contracts.Candles;

namespace CryptoScreener.ApiGateway.Endpoints;

/// <summary>A <see cref="CandlePage"/> written straight from the candles: a page of thousands of rows would else be tens of thousands of objects first.</summary>
internal sealed class CandleBody(List<Candle> candles, string? next, bool forming) : IResult
{
    private const int FlushEvery = 512;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.ContentType = "application/json; charset=utf-8";
        var output = httpContext.Response.BodyWriter;
        await using var json = new Utf8JsonWriter(output, new JsonWriterOptions { SkipValidation = true });
        json.WriteStartObject();
        json.WriteStartArray("items"u8);
        for (var i = 0; i < candles.Count; i++)
        {
            json.WriteCandle(candles[i]);
            if (i % FlushEvery != FlushEvery - 1) continue;
            json.Flush();
            await output.FlushAsync(httpContext.RequestAborted); // waits for a client that reads slowly
        }

        json.WriteEndArray();
        json.WriteString("next"u8, next);
        json.WriteBoolean("forming"u8, forming);
        json.WriteEndObject();
    }
}
