using System.Globalization;
using System.Net;
using System.Text.Json;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.DataCollector.Exchanges.Rest;

namespace CryptoScreener.DataCollector.Exchanges.Bybit;

/// <summary>Bybit over HTTP: everything wrapped in retCode, retMsg and result, a refusal with status 200 too.</summary>
internal sealed class BybitRest(RestCalls calls)
{
    private const int CandlesPerCall = 1_000;
    private const int Weight = 1;
    private const int WrongParameters = 10001; // an unknown symbol among them
    private const int TooManyVisits = 10006;
    private const int TooManyVisitsOfAddress = 10018;
    private const int MostPages = 100; // a cursor that never ends must not keep us for ever
    private static readonly int[] Native = [1, 3, 5, 15, 30, 60, 120, 240, 360, 720, 1440];

    /// <summary>How many rows of the last list of instruments made no sense.</summary>
    public int Unreadable { get; private set; }

    public static bool IsTooMuch(JsonElement answer) => answer.GetProperty("retCode").GetInt32() is TooManyVisits or TooManyVisitsOfAddress;

    public async Task<long> TimeAsync(CancellationToken stop)
    {
        using var json = await calls.GetAsync("/v5/market/time", Weight, stop);
        return JsonNumbers.Integer(Result(json).GetProperty("timeNano")) / 1_000_000;
    }

    public async Task<IReadOnlyList<ListedInstrument>> ListAsync(CancellationToken stop)
    {
        using var tickers = await calls.GetAsync("/v5/market/tickers?category=linear", Weight, stop);
        var volumes = DayVolumes.Of(Result(tickers).GetProperty("list"), "symbol", ticker => JsonNumbers.Number(ticker.GetProperty("turnover24h")));
        var listed = new List<ListedInstrument>();
        var (cursor, unreadable) = ("", 0);
        for (var page = 0; page < MostPages; page++)
        {
            using var json = await calls.GetAsync($"/v5/market/instruments-info?category=linear&limit=1000&cursor={Uri.EscapeDataString(cursor)}", Weight, stop);
            var result = Result(json);
            var (rows, broken) = ReadableRows.Of(result.GetProperty("list"), i => IsTradedPerpetual(i) ? Listed(i, volumes) : null);
            listed.AddRange(rows);
            unreadable += broken;
            cursor = result.GetProperty("nextPageCursor").GetString();
            if (!string.IsNullOrEmpty(cursor)) continue;
            Unreadable = unreadable;
            return listed;
        }

        throw new HttpRequestException($"Bybit's list of instruments did not end after {MostPages} pages");
    }

    public Task<IReadOnlyList<Candle>> CandlesAsync(string symbol, Timeframe timeframe, long from, long through, CancellationToken stop) =>
        MergedBars.ReadAsync(timeframe, Native, from, through, (native, first, last) => ReadAsync(symbol, native, first, last, stop));

    private Task<IReadOnlyList<Candle>> ReadAsync(string symbol, Timeframe timeframe, long from, long through, CancellationToken stop) =>
        CandleWindows.ReadAsync(timeframe, from, through, CandlesPerCall, async (first, last) =>
        {
            var path = string.Create(
                CultureInfo.InvariantCulture,
                $"/v5/market/kline?category=linear&symbol={Uri.EscapeDataString(symbol)}&interval={Interval(timeframe)}&start={first}&end={last}&limit={CandlesPerCall}");
            using var json = await calls.GetAsync(path, Weight, stop);
            return Result(json).GetProperty("list").EnumerateArray().Select(Row).ToList();
        });

    private static string Interval(Timeframe timeframe) =>
        timeframe == Timeframe.OneDay ? "D" : timeframe.Minutes.ToString(CultureInfo.InvariantCulture);

    private static JsonElement Result(JsonDocument json) => json.RootElement.GetProperty("retCode").GetInt32() == 0
        ? json.RootElement.GetProperty("result")
        : throw Refused(json.RootElement.GetProperty("retCode").GetInt32(), json.RootElement.GetProperty("retMsg").GetString());

    private static HttpRequestException Refused(int code, string? message) => new(
        string.Create(CultureInfo.InvariantCulture, $"Bybit refused: {code} {message}"), null, code == WrongParameters ? HttpStatusCode.BadRequest : null);

    private static bool IsTradedPerpetual(JsonElement instrument) =>
        instrument.GetProperty("status").GetString() == "Trading" && instrument.GetProperty("contractType").GetString() == "LinearPerpetual";

    private static ListedInstrument Listed(JsonElement instrument, Dictionary<string, double> volumes)
    {
        var symbol = JsonTexts.Of(instrument, "symbol");
        return new ListedInstrument(
            symbol,
            JsonTexts.Of(instrument, "baseCoin"),
            JsonTexts.Of(instrument, "quoteCoin"),
            volumes.GetValueOrDefault(symbol),
            JsonNumbers.NumberOrZero(instrument.GetProperty("priceFilter"), "tickSize"),
            instrument.TryGetProperty("lotSizeFilter", out var lot) ? JsonNumbers.NumberOrZero(lot, "qtyStep") : 0,
            (long)JsonNumbers.NumberOrZero(instrument, "launchTime"));
    }

    private static Candle Row(JsonElement row) => new(
        JsonNumbers.Integer(row[0]),
        JsonNumbers.Number(row[1]), JsonNumbers.Number(row[2]), JsonNumbers.Number(row[3]), JsonNumbers.Number(row[4]),
        JsonNumbers.Number(row[5]), JsonNumbers.Number(row[6]));
}
