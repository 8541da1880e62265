using System.Globalization;
using System.Text.Json;
using CryptoScreener.ExchangeSimulator.Binance;
using CryptoScreener.ExchangeSimulator.Clock;
using CryptoScreener.ExchangeSimulator.Faults;
using CryptoScreener.ExchangeSimulator.Http;
using CryptoScreener.ExchangeSimulator.Markets;
using CryptoScreener.ExchangeSimulator.Tapes;

namespace CryptoScreener.ExchangeSimulator.Control;

/// <summary>What tests and people steer the simulator with. No weight is charged and no fault applies here.</summary>
internal static class ControlEndpoints
{
    private const string UsualExchange = "binance-futures";

    public static void MapControl(this IEndpointRouteBuilder routes, Venue[] venues, SimulationClock clock, FaultDispatcher faults)
    {
        var control = routes.MapGroup("/sim");
        control.MapGet("/health", c => c.Response.WriteAsync("ok", c.RequestAborted));
        control.MapGet("/time", c => JsonAnswer.WriteAsync(c, json => WriteTime(json, clock)));
        control.MapPost("/time", c => SetTimeAsync(c, clock));
        control.MapGet("/markets", c => WithVenueAsync(c, venues, venue => JsonAnswer.WriteAsync(c, json => WriteMarkets(json, venue.Market))));
        control.MapGet("/truth/klines", c => WithVenueAsync(c, venues, venue => TruthAsync(c, venue.Market)));
        control.MapPost("/tape", c => AcceptAsync(c, body => Tape.Parse(body).Play(venues)));
        control.MapGet("/faults", c => JsonAnswer.WriteAsync(c, json => WriteFaults(json, venues)));
        control.MapPost("/faults", c => AcceptAsync(c, body => faults.Accept(FaultOrder.Parse(body))));
        control.MapDelete("/faults", c => AcceptAsync(c, _ => faults.Clear()));
        control.MapGet("/limits", c => JsonAnswer.WriteAsync(c, json => WriteLimits(json, venues)));
        control.MapPost("/limits/reset", c => AcceptAsync(c, _ => Array.ForEach(venues, v => v.ForgiveLimits())));
    }

    private static Task RefuseAsync(HttpContext context, string reason)
    {
        context.Response.StatusCode = StatusCodes.Status400BadRequest;
        return context.Response.WriteAsync(reason, context.RequestAborted);
    }

    private static async Task AcceptAsync(HttpContext context, Action<byte[]> accept)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        try
        {
            accept(body.ToArray());
            context.Response.StatusCode = StatusCodes.Status204NoContent;
        }
        catch (Exception e) when (e is TapeException or FaultException)
        {
            await RefuseAsync(context, e.Message);
        }
    }

    private static Task WithVenueAsync(HttpContext context, Venue[] venues, Func<Venue, Task> answer)
    {
        var name = context.Request.Query["exchange"].ToString() is { Length: > 0 } given ? given : UsualExchange;
        return Array.Find(venues, v => v.Name == name) is { } venue
            ? answer(venue)
            : RefuseAsync(context, $"exchange {name} is not running; running: {string.Join(' ', venues.Select(v => v.Name))}");
    }

    private static void WriteTime(Utf8JsonWriter json, SimulationClock clock)
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
        var (speed, advance) = (context.Request.Query["speed"].ToString(), context.Request.Query["advance_ms"].ToString());
        if (speed.Length > 0)
        {
            if (!double.TryParse(speed, CultureInfo.InvariantCulture, out var factor) || factor is not (>= 0 and <= SimulatorOptions.FastestSpeed))
                return RefuseAsync(context, $"speed must be a number from 0 (stand still) to {SimulatorOptions.FastestSpeed}");
            clock.SetSpeed(factor);
        }

        if (advance.Length > 0)
        {
            if (!long.TryParse(advance, out var ms) || ms < 0) return RefuseAsync(context, "advance_ms must be a whole number of milliseconds; time does not run backwards");
            clock.Advance(TimeSpan.FromMilliseconds(ms));
        }

        return JsonAnswer.WriteAsync(context, json => WriteTime(json, clock));
    }

    private static void WriteMarkets(Utf8JsonWriter json, Market market)
    {
        json.WriteStartArray();
        foreach (var listing in market.Listings)
        {
            json.WriteStartObject();
            json.WriteString("symbol", listing.Instrument.Symbol);
            json.WriteScaled("tick", 1, listing.Instrument.PriceDigits);
            json.WriteScaled("lot", 1, listing.Instrument.LotDigits);
            json.WriteNumber("daily_quote", listing.Instrument.DailyQuote);
            json.WriteBoolean("trades_hourly", listing.Instrument.TradesHourly);
            if (Market.IsPublic(listing)) json.WriteNumber("listed_at", listing.ListedAt);
            if (listing.EndsAt != Listing.Never) json.WriteNumber("ends_at", listing.EndsAt);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteFaults(Utf8JsonWriter json, Venue[] venues)
    {
        json.WriteStartObject();
        foreach (var venue in venues)
        {
            json.WriteStartObject(venue.Name);
            json.WriteNumber("connections", venue.Feed.Sockets.Count);
            json.WriteNumber("subscriptions", venue.Feed.Subscriptions);
            json.WritePropertyName("active");
            JsonSerializer.Serialize(json, venue.Faults.Orders, FaultJson.Default.FaultOrderArray);
            json.WriteStartObject("strikes");
            foreach (var (kind, count) in venue.Faults.Strikes) json.WriteNumber(JsonNamingPolicy.SnakeCaseLower.ConvertName($"{kind}"), count);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteLimits(Utf8JsonWriter json, Venue[] venues)
    {
        json.WriteStartObject();
        foreach (var venue in venues)
        {
            var (refused, banned) = venue.Tally;
            json.WriteStartObject(venue.Name);
            json.WriteNumber("refused", refused);
            json.WriteNumber("banned", banned);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    /// <summary>The bars as the exchange finally has them, whatever the faults made of the streams, as Binance rows and without a limit.</summary>
    private static Task TruthAsync(HttpContext context, Market market)
    {
        var query = context.Request.Query;
        var listing = market.Find(query["symbol"].ToString());
        var interval = Interval.Parse(query["interval"].ToString());
        if (listing is null) return RefuseAsync(context, "symbol is unknown; GET /sim/markets lists them");
        if (interval is null) return RefuseAsync(context, "interval must be one of " + string.Join(' ', Interval.All.Select(i => i.Name)));
        if (!long.TryParse(query["from"], out var from) || !long.TryParse(query["to"], out var to)) return RefuseAsync(context, "from and to must be milliseconds");
        return JsonAnswer.WriteAsync(context, json => BinanceDocuments.Klines(json, listing.Instrument, interval, market.Oldest(listing, interval, from, to, int.MaxValue)));
    }
}
