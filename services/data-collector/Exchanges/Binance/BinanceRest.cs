using System.Globalization;
using System.Text.Json;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.DataCollector.Exchanges.Limits;

namespace CryptoScreener.DataCollector.Exchanges.Binance;

/// <summary>The REST calls we need, each paid for from the weight budget.</summary>
internal sealed class BinanceRest(HttpClient http, WeightBudget budget)
{
    private const int CandlesPerCall = 499; // weight 2: the most candles per weight (1,500 cost 10)
    private const int ShortCall = 99; // weight 1

    public async Task<long> TimeAsync(CancellationToken stop)
    {
        using var json = await GetAsync("/fapi/v1/time", 1, stop);
        return json.RootElement.GetProperty("serverTime").GetInt64();
    }

    public async Task<IReadOnlyList<ListedInstrument>> ListAsync(CancellationToken stop)
    {
        using var info = await GetAsync("/fapi/v1/exchangeInfo", 1, stop);
        using var tickers = await GetAsync("/fapi/v1/ticker/24hr", 40, stop);
        var volumes = tickers.RootElement.EnumerateArray().ToDictionary(
            t => t.GetProperty("symbol").GetString()!, t => Number(t.GetProperty("quoteVolume")), StringComparer.Ordinal);
        return [.. info.RootElement.GetProperty("symbols").EnumerateArray()
            .Where(s => s.GetProperty("status").GetString() == "TRADING" && s.GetProperty("contractType").GetString() == "PERPETUAL")
            .Select(s => Listed(s, volumes))];
    }

    public async Task<IReadOnlyList<Candle>> CandlesAsync(string symbol, Timeframe timeframe, long from, long through, CancellationToken stop)
    {
        var candles = new List<Candle>();
        while (from <= through)
        {
            var wanted = (int)Math.Min(CandlesPerCall, ((through - from) / timeframe.Milliseconds) + 1);
            var path = string.Create(
                CultureInfo.InvariantCulture,
                $"/fapi/v1/klines?symbol={Uri.EscapeDataString(symbol)}&interval={timeframe}&startTime={from}&endTime={through}&limit={wanted}");
            using var json = await GetAsync(path, wanted <= ShortCall ? 1 : 2, stop);
            var before = candles.Count;
            candles.AddRange(json.RootElement.EnumerateArray().Select(Row));
            if (candles.Count == before) break;
            from = candles[^1].OpenTime + timeframe.Milliseconds;
        }

        return candles;
    }

    private async Task<JsonDocument> GetAsync(string path, int weight, CancellationToken stop)
    {
        await budget.SpendAsync(weight, stop);
        using var response = await http.GetAsync(path, HttpCompletionOption.ResponseHeadersRead, stop);
        if (response.Headers.RetryAfter?.Delta is { } pause) budget.Pause(pause); // 429 and 418: a ban grows when it is ignored
        response.EnsureSuccessStatusCode();
        await using var body = await response.Content.ReadAsStreamAsync(stop);
        return await JsonDocument.ParseAsync(body, cancellationToken: stop);
    }

    private static ListedInstrument Listed(JsonElement symbol, Dictionary<string, double> volumes)
    {
        var name = symbol.GetProperty("symbol").GetString()!;
        var tick = symbol.GetProperty("filters").EnumerateArray()
            .Where(f => f.GetProperty("filterType").GetString() == "PRICE_FILTER")
            .Select(f => Number(f.GetProperty("tickSize")))
            .FirstOrDefault();
        return new ListedInstrument(
            name,
            symbol.GetProperty("baseAsset").GetString()!,
            symbol.GetProperty("quoteAsset").GetString()!,
            volumes.GetValueOrDefault(name),
            tick);
    }

    private static Candle Row(JsonElement row) => new(
        row[0].GetInt64(),
        Number(row[1]), Number(row[2]), Number(row[3]), Number(row[4]),
        Number(row[5]), Number(row[7]),
        row[8].GetInt64(),
        Number(row[9]), Number(row[10]));

    private static double Number(JsonElement text) => double.Parse(text.GetString()!, NumberStyles.Float, CultureInfo.InvariantCulture);
}
