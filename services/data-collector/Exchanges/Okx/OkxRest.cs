using System.Globalization;
using System.Net;
using System.Text.Json;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.DataCollector.Exchanges.Rest;

namespace CryptoScreener.DataCollector.Exchanges.Okx;

/// <summary>OKX over HTTP: everything wrapped in code, msg and data, a refusal with status 200 too.</summary>
internal sealed class OkxRest(RestCalls calls, TimeProvider time)
{
    private const int CandlesPerCall = 300;

    /// <summary>History has given no more than this at times; what it leaves out must not be taken for minutes without trades.</summary>
    private const int ClippedPage = 100;

    private static readonly int[] Native = [1, 3, 5, 15, 30, 60, 120, 240, 360, 720, 1440];

    // Recent candles go back 1,440 bars; what is near that edge is asked of the history.
    private const int RecentBars = 1_400;
    private const string UnknownInstrument = "51001";
    private const string TooManyRequests = "50011";
    private const int RecentWeight = 1;
    private const int OtherWeight = 2;

    /// <summary>How many rows of the last list of instruments made no sense.</summary>
    public int Unreadable { get; private set; }

    public static bool IsTooMuch(JsonElement answer) => answer.GetProperty("code").GetString() == TooManyRequests;

    public async Task<long> TimeAsync(CancellationToken stop)
    {
        using var json = await calls.GetAsync("/api/v5/public/time", OtherWeight, stop);
        return JsonNumbers.Integer(Data(json)[0].GetProperty("ts"));
    }

    public async Task<IReadOnlyList<ListedInstrument>> ListAsync(CancellationToken stop)
    {
        using var instruments = await calls.GetAsync("/api/v5/public/instruments?instType=SWAP", OtherWeight, stop);
        using var tickers = await calls.GetAsync("/api/v5/market/tickers?instType=SWAP", OtherWeight, stop);
        var volumes = DayVolumes.Of(Data(tickers), "instId", QuoteVolume);
        (var listed, Unreadable) = ReadableRows.Of(
            Data(instruments),
            i => i.GetProperty("state").GetString() == "live" && i.GetProperty("ctType").GetString() == "linear" ? Listed(i, volumes) : null);
        return listed;
    }

    public Task<IReadOnlyList<Candle>> CandlesAsync(string symbol, Timeframe timeframe, long from, long through, CancellationToken stop) =>
        MergedBars.ReadAsync(timeframe, Native, from, through, (native, first, last) => ReadAsync(symbol, native, first, last, stop));

    private Task<IReadOnlyList<Candle>> ReadAsync(string symbol, Timeframe timeframe, long from, long through, CancellationToken stop) =>
        CandleWindows.ReadAsync(timeframe, from, through, CandlesPerCall, async (first, last) =>
        {
            var rows = new List<Candle>();
            while (true)
            {
                var page = await ReadPageAsync(symbol, timeframe, first, last, stop);
                rows.AddRange(page);
                if (page.Count != ClippedPage || page.Min(row => row.OpenTime) is var oldest && oldest <= first || oldest > last) return rows; // later than asked for: it does not page
                last = oldest - 1;
            }
        });

    private async Task<List<Candle>> ReadPageAsync(string symbol, Timeframe timeframe, long first, long last, CancellationToken stop)
    {
        var isRecent = first > time.GetUtcNow().ToUnixTimeMilliseconds() - (RecentBars * timeframe.Milliseconds);
        var path = string.Create(
            CultureInfo.InvariantCulture,
            $"/api/v5/market/{(isRecent ? "candles" : "history-candles")}?instId={Uri.EscapeDataString(symbol)}&bar={Bar(timeframe)}&before={first - 1}&after={last + 1}&limit={CandlesPerCall}");
        using var json = await calls.GetAsync(path, isRecent ? RecentWeight : OtherWeight, stop);
        return Data(json).EnumerateArray().Select(Row).ToList();
    }

    /// <summary>Hours are upper case, and a day without utc would begin at Hong Kong's midnight.</summary>
    private static string Bar(Timeframe timeframe) => timeframe.Minutes switch
    {
        < 60 => timeframe.ToString(),
        >= 360 => timeframe.ToString().ToUpperInvariant() + "utc",
        _ => timeframe.ToString().ToUpperInvariant(),
    };

    private static JsonElement Data(JsonDocument json) => json.RootElement.GetProperty("code").GetString() == "0"
        ? json.RootElement.GetProperty("data")
        : throw Refused(json.RootElement.GetProperty("code").GetString(), json.RootElement.GetProperty("msg").GetString());

    private static HttpRequestException Refused(string? code, string? message) =>
        new($"OKX refused: {code} {message}", null, code == UnknownInstrument ? HttpStatusCode.BadRequest : null);

    /// <summary>Swaps tell their day's volume in contracts and in base coins, not in money.</summary>
    private static double QuoteVolume(JsonElement ticker) =>
        JsonNumbers.NumberOrZero(ticker, "last") * JsonNumbers.NumberOrZero(ticker, "volCcy24h"); // empty before the first trade

    private static ListedInstrument Listed(JsonElement instrument, Dictionary<string, double> volumes)
    {
        var symbol = JsonTexts.Of(instrument, "instId");
        return new ListedInstrument(
            symbol,
            JsonTexts.Of(instrument, "ctValCcy"),
            JsonTexts.Of(instrument, "settleCcy"),
            volumes.GetValueOrDefault(symbol),
            JsonNumbers.NumberOrZero(instrument, "tickSz"),
            JsonNumbers.NumberOrZero(instrument, "lotSz") * JsonNumbers.NumberOrZero(instrument, "ctVal"), // counted in contracts
            (long)JsonNumbers.NumberOrZero(instrument, "listTime"));
    }

    /// <summary>[5] counts contracts, [6] base coins, [7] money.</summary>
    private static Candle Row(JsonElement row) => new(
        JsonNumbers.Integer(row[0]),
        JsonNumbers.Number(row[1]), JsonNumbers.Number(row[2]), JsonNumbers.Number(row[3]), JsonNumbers.Number(row[4]),
        JsonNumbers.Number(row[6]), JsonNumbers.Number(row[7]));
}
