using System.Text.Json;
using CryptoScreener.ExchangeSimulator.Faults;
using CryptoScreener.ExchangeSimulator.Http;
using CryptoScreener.ExchangeSimulator.Markets;

namespace CryptoScreener.ExchangeSimulator.Binance;

/// <summary>Binance over HTTP: every answer carries the weight used so far, refusals included.</summary>
internal sealed class BinanceRest(BinanceVenue venue, BinanceRestRules rules, TimeProvider time)
{
    private const int DefaultLimit = 500;
    private readonly Market _market = venue.Market;

    public void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/ping", c => AnswerAsync(c, rules.ServerWeight, (_, json) => BinanceDocuments.Empty(json)));
        api.MapGet("/time", c => AnswerAsync(c, rules.ServerWeight, (_, json) => BinanceDocuments.Time(json, Now)));
        api.MapGet("/exchangeInfo", c => AnswerAsync(c, rules.InfoWeight, (_, json) => rules.WriteInfo(json, _market)));
        api.MapGet("/klines", c => AnswerAsync(c, rules.KlineWeight(int.TryParse(c.Request.Query["limit"], out var limit) ? limit : null), Klines));
        api.MapGet("/ticker/24hr", c => AnswerAsync(c, c.Request.Query.ContainsKey("symbol") ? rules.TickerWeight : rules.AllTickersWeight, Tickers));
    }

    private long Now => _market.Clock.NowMs + venue.Faults.SkewMs;

    private async Task AnswerAsync(HttpContext context, int weight, Action<IQueryCollection, Utf8JsonWriter> write)
    {
        if (await venue.Faults.InterceptAsync(context, time)) return;
        var verdict = venue.Budget.Spend(JsonAnswer.AddressOf(context), weight);
        context.Response.Headers["X-MBX-USED-WEIGHT-1M"] = $"{verdict.Used}";
        if (verdict.Status != StatusCodes.Status200OK)
        {
            context.Response.Headers.RetryAfter = $"{verdict.RetryAfter}";
            await RefuseAsync(context, verdict.Status, -1003, "Too many requests; current limit of IP is exceeded. Please use the websocket for live updates to avoid bans.");
            return;
        }

        try
        {
            await JsonAnswer.WriteAsync(context, json => write(context.Request.Query, json));
        }
        catch (BinanceRefusalException refusal)
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest, refusal.Code, refusal.Message);
        }
    }

    private static Task RefuseAsync(HttpContext context, int status, int code, string message) =>
        JsonAnswer.WriteAsync(context, status, $"{{\"code\":{code},\"msg\":\"{message}\"}}");

    private void Klines(IQueryCollection query, Utf8JsonWriter json)
    {
        var listing = Symbol(query);
        var interval = Zoned(query, Interval.Parse(query["interval"].ToString()) ?? throw new BinanceRefusalException(-1120, "Invalid interval."));
        var limit = Whole(query, "limit") ?? DefaultLimit;
        if (limit < 1 || limit > rules.MaxKlines) throw new BinanceRefusalException(-1130, "Data sent for parameter 'limit' is not valid.");
        var (from, to) = (Whole(query, "startTime"), Whole(query, "endTime") ?? long.MaxValue);
        var bars = from is { } start
            ? _market.Oldest(listing, interval, start, to, (int)limit)
            : _market.Newest(listing, interval, 0, to, (int)limit);
        BinanceDocuments.Klines(json, listing.Instrument, interval, bars);
    }

    private static Interval Zoned(IQueryCollection query, Interval interval) =>
        query.TryGetValue("timeZone", out var zone) ? BinanceZone.Apply(interval, zone.ToString()) ?? throw new BinanceRefusalException(-1100, "Illegal characters found in parameter 'timeZone'.") : interval;

    private void Tickers(IQueryCollection query, Utf8JsonWriter json)
    {
        var days = venue.Feed.Days();
        if (!query.ContainsKey("symbol"))
        {
            BinanceDocuments.Tickers(json, days, Now);
            return;
        }

        var wanted = Symbol(query).Instrument;
        var (instrument, day) = days.Find(d => d.Instrument == wanted);
        if (instrument is null) throw new BinanceRefusalException(-1121, "Invalid symbol.");
        BinanceDocuments.Ticker(json, instrument, day, Now);
    }

    private Listing Symbol(IQueryCollection query) =>
        _market.Find(query["symbol"].ToString()) is { } listing && listing.ListedAt <= _market.Clock.NowMs
            ? listing
            : throw new BinanceRefusalException(-1121, "Invalid symbol.");

    private static long? Whole(IQueryCollection query, string name)
    {
        var text = query[name].ToString();
        if (text.Length == 0) return null;
        return long.TryParse(text, out var value) && value >= 0
            ? value
            : throw new BinanceRefusalException(-1102, $"Mandatory parameter '{name}' was not sent, was empty/null, or malformed.");
    }
}
