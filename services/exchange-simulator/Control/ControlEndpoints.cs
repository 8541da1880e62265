using System.Text.Json;
using CryptoScreener.ExchangeSimulator.Binance;
using CryptoScreener.ExchangeSimulator.Clock;
using CryptoScreener.ExchangeSimulator.Markets;
using CryptoScreener.ExchangeSimulator.Tapes;

namespace CryptoScreener.ExchangeSimulator.Control;

/// <summary>What tests and people steer the simulator with. No weight is charged and no fault applies here.</summary>
internal static class ControlEndpoints
{
    public static void MapControl(this IEndpointRouteBuilder routes, BinanceUsdM binance, SimulationClock clock)
    {
        var control = routes.MapGroup("/sim");
        control.MapGet("/health", () => Results.Text("ok"));
        control.MapGet("/time", c => WriteAsync(c, json => Time(json, clock)));
        control.MapPost("/time", c => SetTimeAsync(c, clock));
        control.MapGet("/markets", c => WriteAsync(c, json => Markets(json, binance.Market)));
        control.MapGet("/truth/klines", c => TruthAsync(c, binance.Market));
        control.MapPost("/tape", c => TapeAsync(c, binance.Market));
        control.MapPost("/limits/reset", () =>
        {
            binance.Budget.Forgive();
            return Results.NoContent();
        });
    }

    private static async Task WriteAsync(HttpContext context, Action<Utf8JsonWriter> write)
    {
        context.Response.ContentType = "application/json";
        using var body = new MemoryStream();
        await using (var json = new Utf8JsonWriter(body)) write(json);
        body.Position = 0;
        await body.CopyToAsync(context.Response.Body, context.RequestAborted);
    }

    private static Task RefuseAsync(HttpContext context, string reason)
    {
        context.Response.StatusCode = StatusCodes.Status400BadRequest;
        return context.Response.WriteAsync(reason, context.RequestAborted);
    }

    private static void Time(Utf8JsonWriter json, SimulationClock clock)
    {
        var now = clock.NowMs;
        json.WriteStartObject();
        json.WriteNumber("now_ms", now);
        json.WriteString("now", DateTimeOffset.FromUnixTimeMilliseconds(now));
        json.WriteNumber("speed", clock.Speed);
        json.WriteEndObject();
    }

    private static Task SetTimeAsync(HttpContext context, SimulationClock clock)
    {
        var query = context.Request.Query;
        if (query.TryGetValue("speed", out var speed))
        {
            if (!double.TryParse(speed, System.Globalization.CultureInfo.InvariantCulture, out var factor) || factor is < 0 or > 100_000)
                return RefuseAsync(context, "speed must be a number from 0 (stand still) to 100000");
            clock.SetSpeed(factor);
        }

        if (query.TryGetValue("advance_ms", out var advance))
        {
            if (!long.TryParse(advance, out var ms) || ms < 0) return RefuseAsync(context, "advance_ms must be a whole number of milliseconds; time does not run backwards");
            clock.Advance(TimeSpan.FromMilliseconds(ms));
        }

        return WriteAsync(context, json => Time(json, clock));
    }

    private static void Markets(Utf8JsonWriter json, Market market)
    {
        json.WriteStartArray();
        foreach (var listing in market.Listings)
        {
            json.WriteStartObject();
            json.WriteString("symbol", listing.Instrument.Symbol);
            json.WriteString("tick", BinanceDocuments.Decimal(1, listing.Instrument.PriceDigits));
            json.WriteString("lot", BinanceDocuments.Decimal(1, listing.Instrument.LotDigits));
            json.WriteNumber("listed_at", listing.Instrument.ListedAt);
            json.WriteNumber("daily_quote", listing.Instrument.DailyQuote);
            json.WriteBoolean("trades_hourly", listing.Instrument.TradesHourly);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>The bars as they were traded, whatever the faults made of them, in Binance's row form and without a limit.</summary>
    private static Task TruthAsync(HttpContext context, Market market)
    {
        var query = context.Request.Query;
        var listing = market.Find(query["symbol"].ToString());
        var interval = Interval.Parse(query["interval"].ToString());
        if (listing is null) return RefuseAsync(context, "symbol is unknown; GET /sim/markets lists them");
        if (interval is null) return RefuseAsync(context, "interval must be one of " + string.Join(' ', Interval.All.Select(i => i.Name)));
        if (!long.TryParse(query["from"], out var from) || !long.TryParse(query["to"], out var to)) return RefuseAsync(context, "from and to must be milliseconds");
        return WriteAsync(context, json => BinanceDocuments.Klines(json, listing.Instrument, interval, market.Oldest(listing, interval, from, to, int.MaxValue)));
    }

    private static async Task TapeAsync(HttpContext context, Market market)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        try
        {
            Tape.Parse(body.ToArray()).Play(market);
            context.Response.StatusCode = StatusCodes.Status204NoContent;
        }
        catch (TapeException e)
        {
            await RefuseAsync(context, e.Message);
        }
    }
}
