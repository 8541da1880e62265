using System.Text.Json;
using CryptoScreener.ExchangeSimulator.Faults;
using CryptoScreener.ExchangeSimulator.Feeds;
using CryptoScreener.ExchangeSimulator.Http;
using CryptoScreener.ExchangeSimulator.Markets;

namespace CryptoScreener.ExchangeSimulator.Bybit;

/// <summary>Bybit over HTTP: everything wrapped in retCode, retMsg and result; bars newest first.</summary>
internal sealed class BybitRest(BybitLinear venue, TimeProvider time)
{
    private const int DefaultKlines = 200;
    private const int DefaultInstruments = 500;
    private const int MaxLimit = 1_000;
    private const int LongestTicker = 768;
    private const string Category = "linear";
    private readonly RequestWindow _requests = new(600, TimeSpan.FromSeconds(5), ban: TimeSpan.FromMinutes(10), time);

    private long Now => venue.Market.Clock.NowMs + venue.Faults.SkewMs;

    public LimitTally Tally => _requests.Tally;

    public void Map(IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/v5/market");
        api.MapGet("/time", c => AnswerAsync(c, (_, json) => Time(json)));
        api.MapGet("/kline", c => AnswerAsync(c, Klines));
        api.MapGet("/instruments-info", c => AnswerAsync(c, Instruments));
        api.MapGet("/tickers", c => AnswerAsync(c, Tickers));
    }

    public void ForgiveLimits() => _requests.Forgive();

    private async Task AnswerAsync(HttpContext context, Action<IQueryCollection, Utf8JsonWriter> writeResult)
    {
        if (await venue.Faults.InterceptAsync(context, time)) return;
        if (!_requests.TryTake(JsonAnswer.AddressOf(context)))
        {
            await JsonAnswer.WriteAsync(context, StatusCodes.Status403Forbidden, """{"retCode":10006,"retMsg":"Too many visits. Exceeded the API Rate Limit.","result":{},"retExtInfo":{}}""");
            return;
        }

        try
        {
            await JsonAnswer.WriteAsync(context, json =>
            {
                json.WriteStartObject();
                json.WriteNumber("retCode", 0);
                json.WriteString("retMsg", "OK");
                json.WriteStartObject("result");
                writeResult(context.Request.Query, json);
                json.WriteEndObject();
                json.WriteStartObject("retExtInfo");
                json.WriteEndObject();
                json.WriteNumber("time", Now);
                json.WriteEndObject();
            });
        }
        catch (BybitRefusalException refusal)
        {
            await JsonAnswer.WriteAsync(context, StatusCodes.Status200OK, $"{{\"retCode\":{refusal.Code},\"retMsg\":\"{refusal.Message}\",\"result\":{{}},\"retExtInfo\":{{}},\"time\":{Now}}}");
        }
    }

    private void Time(Utf8JsonWriter json)
    {
        json.WriteString("timeSecond", $"{Now / 1_000}");
        json.WriteString("timeNano", $"{Now * 1_000_000}");
    }

    private void Klines(IQueryCollection query, Utf8JsonWriter json)
    {
        RequireLinear(query);
        var listing = venue.Market.Find(query["symbol"].ToString()) is { } found && found.ListedAt <= venue.Market.Clock.NowMs
            ? found
            : throw new BybitRefusalException(10001, "Not supported symbols");
        var interval = BybitIntervals.Parse(query["interval"].ToString()) ?? throw new BybitRefusalException(10001, "Invalid period!");
        var limit = (int)Math.Clamp(Whole(query, "limit") ?? DefaultKlines, 1, MaxLimit);
        var (from, to) = (Whole(query, "start"), Whole(query, "end") ?? long.MaxValue);
        // With only a start the bars following it are meant, otherwise the latest; the order is newest first in both cases.
        var bars = from is { } start && !query.ContainsKey("end")
            ? venue.Market.Oldest(listing, interval, start, to, limit)
            : venue.Market.Newest(listing, interval, from ?? 0, to, limit);
        json.WriteString("symbol", listing.Instrument.Symbol);
        json.WriteString("category", Category);
        json.WriteStartArray("list");
        for (var i = bars.Count - 1; i >= 0; i--) Row(json, listing.Instrument, bars[i]);
        json.WriteEndArray();
    }

    private static void Row(Utf8JsonWriter json, Instrument instrument, in Bar bar)
    {
        json.WriteStartArray();
        json.WriteStringValue($"{bar.OpenTime}");
        json.WriteScaledValue(bar.Open, instrument.PriceDigits);
        json.WriteScaledValue(bar.High, instrument.PriceDigits);
        json.WriteScaledValue(bar.Low, instrument.PriceDigits);
        json.WriteScaledValue(bar.Close, instrument.PriceDigits);
        json.WriteScaledValue(bar.Lots, instrument.LotDigits);
        json.WriteScaledValue(bar.Quote, Bar.QuoteDigits);
        json.WriteEndArray();
    }

    private void Instruments(IQueryCollection query, Utf8JsonWriter json)
    {
        RequireLinear(query);
        var limit = (int)Math.Clamp(Whole(query, "limit") ?? DefaultInstruments, 1, MaxLimit);
        var first = (int)(Whole(query, "cursor") ?? 0);
        var now = venue.Market.Clock.NowMs;
        var trading = venue.Market.Listings.Where(l => Market.IsPublic(l) && now < l.EndsAt && (!query.ContainsKey("symbol") || l.Instrument.Symbol == query["symbol"])).ToArray();
        json.WriteString("category", Category);
        json.WriteStartArray("list");
        foreach (var listing in trading.Skip(first).Take(limit)) BybitInstrument.Write(json, listing, now);
        json.WriteEndArray();
        json.WriteString("nextPageCursor", first + limit < trading.Length ? $"{first + limit}" : "");
    }

    private void Tickers(IQueryCollection query, Utf8JsonWriter json)
    {
        RequireLinear(query);
        json.WriteString("category", Category);
        json.WriteStartArray("list");
        Span<byte> room = stackalloc byte[LongestTicker];
        foreach (var (instrument, day) in venue.Feed.Days())
        {
            if (query.ContainsKey("symbol") && instrument.Symbol != query["symbol"]) continue;
            var ticker = new Utf8Builder(room);
            BybitFormat.WriteTickerBody(ref ticker, instrument, day);
            json.WriteRawValue(ticker.Written, skipInputValidation: true);
        }

        json.WriteEndArray();
    }

    private static void RequireLinear(IQueryCollection query)
    {
        if (query["category"] != Category) throw new BybitRefusalException(10001, "Illegal category");
    }

    private static long? Whole(IQueryCollection query, string name)
    {
        var text = query[name].ToString();
        if (text.Length == 0) return null;
        return long.TryParse(text, out var value) && value >= 0 ? value : throw new BybitRefusalException(10001, $"params error: {name}");
    }
}
