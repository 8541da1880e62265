using System.Globalization;
using System.Text.Json;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.DataCollector.Exchanges.Rest;

namespace CryptoScreener.DataCollector.Exchanges.Binance;

/// <summary>The REST calls we need, each paid for from the weight budget.</summary>
internal sealed class BinanceRest(BinanceMarket market, RestCalls calls)
{
    /// <summary>How many rows of the last list of instruments made no sense.</summary>
    public int Unreadable { get; private set; }

    public async Task<long> TimeAsync(CancellationToken stop)
    {
        using var json = await GetAsync("/time", 1, stop);
        return json.RootElement.GetProperty("serverTime").GetInt64();
    }

    public async Task<IReadOnlyList<ListedInstrument>> ListAsync(CancellationToken stop)
    {
        using var info = await GetAsync("/exchangeInfo", market.InfoWeight, stop);
        using var tickers = await GetAsync("/ticker/24hr", market.TickersWeight, stop);
        var volumes = DayVolumes.Of(tickers.RootElement, "symbol", ticker => JsonNumbers.Number(ticker.GetProperty("quoteVolume")));
        (var listed, Unreadable) = ReadableRows.Of(
            info.RootElement.GetProperty("symbols"),
            s => s.GetProperty("status").GetString() == "TRADING" && market.IsFollowed(s) ? Listed(s, volumes) : null);
        return listed;
    }

    public Task<IReadOnlyList<Candle>> CandlesAsync(string symbol, Timeframe timeframe, long from, long through, CancellationToken stop) =>
        CandleWindows.ReadAsync(timeframe, from, through, market.CandlesPerCall, async (first, last) =>
        {
            var wanted = (int)((last - first) / timeframe.Milliseconds) + 1;
            var path = string.Create(
                CultureInfo.InvariantCulture,
                $"/klines?symbol={Uri.EscapeDataString(symbol)}&interval={timeframe}&startTime={first}&endTime={last}&limit={wanted}");
            using var json = await GetAsync(path, market.CandleWeight(wanted), stop);
            return json.RootElement.EnumerateArray().Select(Row).ToList();
        });

    private Task<JsonDocument> GetAsync(string path, int weight, CancellationToken stop) => calls.GetAsync(market.ApiPath + path, weight, stop);

    private static ListedInstrument Listed(JsonElement symbol, Dictionary<string, double> volumes)
    {
        var name = JsonTexts.Of(symbol, "symbol");
        return new ListedInstrument(
            name,
            JsonTexts.Of(symbol, "baseAsset"),
            JsonTexts.Of(symbol, "quoteAsset"),
            volumes.GetValueOrDefault(name),
            Filter(symbol, "PRICE_FILTER", "tickSize"),
            Filter(symbol, "LOT_SIZE", "stepSize"),
            (long)JsonNumbers.NumberOrZero(symbol, "onboardDate"));
    }

    private static double Filter(JsonElement symbol, string type, string name) => symbol.GetProperty("filters").EnumerateArray()
        .Where(f => f.GetProperty("filterType").GetString() == type)
        .Select(f => JsonNumbers.NumberOrZero(f, name))
        .FirstOrDefault();

    private static Candle Row(JsonElement row) => new(
        JsonNumbers.Integer(row[0]),
        JsonNumbers.Number(row[1]), JsonNumbers.Number(row[2]), JsonNumbers.Number(row[3]), JsonNumbers.Number(row[4]),
        JsonNumbers.Number(row[5]), JsonNumbers.Number(row[7]),
        JsonNumbers.Integer(row[8]),
        JsonNumbers.Number(row[9]), JsonNumbers.Number(row[10]));
}
