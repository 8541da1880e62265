using System.Text.Json;
using CryptoScreener.ExchangeSimulator.Feeds;
using CryptoScreener.ExchangeSimulator.Markets;

namespace CryptoScreener.ExchangeSimulator.Binance;

/// <summary>Binance USD-M over HTTP: every answer carries the weight used so far, refusals included.</summary>
internal sealed class BinanceRest(Market market, Feed feed, WeightBudget budget)
{
    private const int DefaultLimit = 500;
    private const int MaxLimit = 1_500;
    private const int AllTickersWeight = 40;

    public void MapUsdM(IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/fapi/v1");
        api.MapGet("/ping", c => AnswerAsync(c, 1, (_, json) => BinanceDocuments.Empty(json)));
        api.MapGet("/time", c => AnswerAsync(c, 1, (_, json) => BinanceDocuments.Time(json, market.Clock.NowMs)));
        api.MapGet("/exchangeInfo", c => AnswerAsync(c, 1, (_, json) => BinanceDocuments.UsdMInfo(json, market)));
        api.MapGet("/klines", c => AnswerAsync(c, KlineWeight(c.Request.Query), Klines));
        api.MapGet("/ticker/24hr", c => AnswerAsync(c, c.Request.Query.ContainsKey("symbol") ? 1 : AllTickersWeight, Tickers));
    }

    private async Task AnswerAsync(HttpContext context, int weight, Action<IQueryCollection, Utf8JsonWriter> write)
    {
        var verdict = budget.Spend(context.Connection.RemoteIpAddress?.ToString() ?? "", weight);
        context.Response.Headers["X-MBX-USED-WEIGHT-1M"] = $"{verdict.Used}";
        context.Response.ContentType = "application/json";
        if (verdict.Status != StatusCodes.Status200OK)
        {
            context.Response.Headers.RetryAfter = $"{verdict.RetryAfter}";
            await RefuseAsync(context, verdict.Status, -1003, "Too many requests; current limit of IP is exceeded. Please use the websocket for live updates to avoid bans.");
            return;
        }

        using var body = new MemoryStream();
        try
        {
            await using var json = new Utf8JsonWriter(body, new JsonWriterOptions { SkipValidation = true });
            write(context.Request.Query, json);
        }
        catch (BinanceRefusalException refusal)
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest, refusal.Code, refusal.Message);
            return;
        }

        context.Response.ContentLength = body.Length;
        body.Position = 0;
        await body.CopyToAsync(context.Response.Body, context.RequestAborted);
    }

    private static Task RefuseAsync(HttpContext context, int status, int code, string message)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsync($"{{\"code\":{code},\"msg\":\"{message}\"}}", context.RequestAborted);
    }

    /// <summary>As measured: the tops of the steps are inclusive, and leaving the limit out costs 5.</summary>
    private static int KlineWeight(IQueryCollection query) => !int.TryParse(query["limit"], out var limit)
        ? 5
        : limit switch { <= 100 => 1, <= 500 => 2, <= 1_000 => 5, _ => 10 };

    private void Klines(IQueryCollection query, Utf8JsonWriter json)
    {
        var listing = Symbol(query);
        var interval = Interval.Parse(query["interval"].ToString()) ?? throw new BinanceRefusalException(-1120, "Invalid interval.");
        var limit = (int)(Whole(query, "limit") ?? DefaultLimit);
        if (limit is < 1 or > MaxLimit) throw new BinanceRefusalException(-1130, "Data sent for parameter 'limit' is not valid.");
        var (from, to) = (Whole(query, "startTime"), Whole(query, "endTime"));
        var bars = from is { } start
            ? market.Oldest(listing, interval, start, to ?? long.MaxValue, limit)
            : market.Newest(listing, interval, 0, to ?? long.MaxValue, limit);
        BinanceDocuments.Klines(json, listing.Instrument, interval, bars);
    }

    private void Tickers(IQueryCollection query, Utf8JsonWriter json)
    {
        var days = feed.Days();
        if (!query.ContainsKey("symbol"))
        {
            BinanceDocuments.Tickers(json, days, market.Clock.NowMs);
            return;
        }

        var wanted = Symbol(query).Instrument;
        var (instrument, day) = days.Find(d => d.Instrument == wanted);
        if (instrument is null) throw new BinanceRefusalException(-1121, "Invalid symbol.");
        BinanceDocuments.Ticker(json, instrument, day, market.Clock.NowMs);
    }

    private Listing Symbol(IQueryCollection query) =>
        market.Find(query["symbol"].ToString()) is { } listing && listing.Instrument.ListedAt <= market.Clock.NowMs
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
