using System.Text.Json;
using CryptoScreener.ExchangeSimulator.Faults;
using CryptoScreener.ExchangeSimulator.Feeds;
using CryptoScreener.ExchangeSimulator.Http;
using CryptoScreener.ExchangeSimulator.Markets;

namespace CryptoScreener.ExchangeSimulator.Okx;

/// <summary>OKX over HTTP: everything wrapped in code, msg and data; bars newest first.</summary>
internal sealed class OkxRest(OkxSwap venue, TimeProvider time)
{
    private const int DefaultLimit = 100;
    private const int MaxLimit = 300;
    private const int LongestRow = 512;

    // The recent-candles address knows no more than the last 1,440 bars; history-candles knows all.
    private const int RecentBars = 1_440;
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(2);
    private readonly RequestWindow _candles = new(40, Window, ban: TimeSpan.Zero, time);
    private readonly RequestWindow _history = new(20, Window, ban: TimeSpan.Zero, time);
    private readonly RequestWindow _others = new(20, Window, ban: TimeSpan.Zero, time);

    private long Now => venue.Market.Clock.NowMs + venue.Faults.SkewMs;

    public LimitTally Tally => _candles.Tally + _history.Tally + _others.Tally;

    public void Map(IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/v5");
        api.MapGet("/public/time", c => AnswerAsync(c, _others, (_, json) => json.WriteRawValue($"{{\"ts\":\"{Now}\"}}")));
        api.MapGet("/public/instruments", c => AnswerAsync(c, _others, Instruments));
        api.MapGet("/market/tickers", c => AnswerAsync(c, _others, Tickers));
        api.MapGet("/market/candles", c => AnswerAsync(c, _candles, (query, json) => Candles(query, json, RecentBars)));
        api.MapGet("/market/history-candles", c => AnswerAsync(c, _history, (query, json) => Candles(query, json, int.MaxValue)));
    }

    public void ForgiveLimits()
    {
        _candles.Forgive();
        _history.Forgive();
        _others.Forgive();
    }

    private async Task AnswerAsync(HttpContext context, RequestWindow window, Action<IQueryCollection, Utf8JsonWriter> write)
    {
        if (await venue.Faults.InterceptAsync(context, time)) return;
        if (!window.TryTake(JsonAnswer.AddressOf(context)))
        {
            await JsonAnswer.WriteAsync(context, StatusCodes.Status429TooManyRequests, """{"code":"50011","msg":"Too Many Requests","data":[]}""");
            return;
        }

        try
        {
            await JsonAnswer.WriteAsync(context, json =>
            {
                json.WriteStartObject();
                json.WriteString("code", "0");
                json.WriteString("msg", "");
                json.WriteStartArray("data");
                write(context.Request.Query, json);
                json.WriteEndArray();
                json.WriteEndObject();
            });
        }
        catch (OkxRefusalException refusal)
        {
            await JsonAnswer.WriteAsync(context, StatusCodes.Status200OK, $"{{\"code\":\"{refusal.Code}\",\"msg\":\"{refusal.Message}\",\"data\":[]}}");
        }
    }

    private void Candles(IQueryCollection query, Utf8JsonWriter json, int reach)
    {
        var listing = venue.Market.Find(query["instId"].ToString()) is { } found && found.ListedAt <= venue.Market.Clock.NowMs
            ? found
            : throw new OkxRefusalException("51001", "Instrument ID, Instrument ID code, or Spread ID doesn't exist.");
        var bar = query["bar"].ToString() is { Length: > 0 } name ? name : "1m";
        var interval = OkxIntervals.Parse(bar) ?? throw new OkxRefusalException("51000", "Parameter bar error");
        var limit = Math.Clamp((int)(Whole(query, "limit") ?? DefaultLimit), 1, MaxLimit);
        // "after" asks for what is older, "before" for what is newer, both without the bar named.
        var to = Whole(query, "after") is { } after ? after - 1 : long.MaxValue;
        var from = Whole(query, "before") is { } before ? before + 1 : 0;
        var nowMinute = venue.Market.Clock.NowMinute;
        if (reach != int.MaxValue) from = Math.Max(from, interval.Add(interval.OpenMinute(nowMinute), 1 - reach) * 60_000);
        var bars = venue.Market.Newest(listing, interval, from, to, limit);
        Span<byte> room = stackalloc byte[LongestRow];
        for (var i = bars.Count - 1; i >= 0; i--)
        {
            var isClosed = Math.Min(interval.NextMinute(bars[i].OpenTime / 60_000), listing.EndsAt / 60_000) <= nowMinute;
            var row = new Utf8Builder(room);
            OkxContract.WriteRow(ref row, listing.Instrument, bars[i], isClosed);
            json.WriteRawValue(row.Written, skipInputValidation: true);
        }
    }

    private void Tickers(IQueryCollection query, Utf8JsonWriter json)
    {
        RequireSwap(query);
        Span<byte> room = stackalloc byte[LongestRow];
        foreach (var (instrument, day) in venue.Feed.Days())
        {
            var ticker = new Utf8Builder(room);
            OkxFormat.WriteTickerBody(ref ticker, instrument, day, Now);
            json.WriteRawValue(ticker.Written, skipInputValidation: true);
        }
    }

    private void Instruments(IQueryCollection query, Utf8JsonWriter json)
    {
        RequireSwap(query);
        foreach (var listing in venue.Market.Listings)
            if (Market.IsPublic(listing) && venue.Market.Clock.NowMs < listing.EndsAt) Instrument(json, listing, venue.Market.Clock.NowMs);
    }

    private static void RequireSwap(IQueryCollection query)
    {
        if (query["instType"] != "SWAP") throw new OkxRefusalException("51000", "Parameter instType error");
    }

    private static void Instrument(Utf8JsonWriter json, Listing listing, long now)
    {
        var instrument = listing.Instrument;
        var (contract, digits) = OkxContract.Value(instrument);
        var family = $"{instrument.BaseAsset}-{instrument.QuoteAsset}";
        json.WriteStartObject();
        json.WriteString("instType", "SWAP");
        json.WriteString("instId", instrument.Symbol);
        json.WriteString("uly", family);
        json.WriteString("instFamily", family);
        json.WriteString("baseCcy", "");
        json.WriteString("quoteCcy", "");
        json.WriteString("settleCcy", instrument.QuoteAsset);
        json.WriteScaled("ctVal", contract, digits);
        json.WriteString("ctMult", "1");
        json.WriteString("ctValCcy", instrument.BaseAsset);
        json.WriteString("ctType", "linear");
        json.WriteString("alias", "");
        json.WriteString("category", "1");
        json.WriteString("listTime", $"{listing.ListedAt}");
        json.WriteString("expTime", "");
        json.WriteString("lever", "50");
        json.WriteScaled("tickSz", 1, instrument.PriceDigits);
        json.WriteScaled("lotSz", 1, OkxContract.ContractDigits);
        json.WriteScaled("minSz", 1, OkxContract.ContractDigits);
        json.WriteString("maxLmtSz", "100000000");
        json.WriteString("maxMktSz", "10000");
        json.WriteString("optType", "");
        json.WriteString("stk", "");
        json.WriteString("ruleType", "normal");
        json.WriteString("state", now < listing.ListedAt ? "preopen" : "live");
        json.WriteEndObject();
    }

    private static long? Whole(IQueryCollection query, string name)
    {
        var text = query[name].ToString();
        if (text.Length == 0) return null;
        return long.TryParse(text, out var value) && value >= 0 ? value : throw new OkxRefusalException("51000", $"Parameter {name} error");
    }
}
