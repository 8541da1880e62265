using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CryptoScreener.Contracts.Candles;

namespace CryptoScreener.IntegrationTests.Gateway;

/// <summary>The earlier product's routes and the charting library's datafeed, in their shapes.</summary>
[Collection(GatewayRest.Name)]
public sealed class CompatibilityTests(GatewayFixture fixture)
{
    private const long First = GatewayFixture.FirstMinute / 1_000;
    private readonly RunningGateway _gateway = fixture.Gateway;

    [Fact]
    public async Task Metrics_come_by_timeframe()
    {
        var list = await _gateway.GetAsync("/api/metrics");
        Assert.Equal(["BTCUSDT", "ETHUSDT"], list.EnumerateArray().Select(item => item.GetProperty("symbol").GetString()));
        var one = await _gateway.GetAsync("/api/metrics/btcusdt");
        Assert.Equal(["symbol", "timestamp", "timeframes"], one.EnumerateObject().Select(field => field.Name));
        var day = one.GetProperty("timeframes").GetProperty("1d");
        Assert.Equal(
            ["time", "open", "high", "low", "close", "volume", "price_change", "volume_ratio", "vcp", "rsi_14", "macd", "macd_signal", "bb_upper", "bb_middle", "bb_lower", "fibonacci"],
            day.EnumerateObject().Select(field => field.Name));
        Assert.Equal(100, day.GetProperty("open").GetDouble());
        Assert.Equal(["pivot", "r1", "r2", "r3", "s1", "s2", "s3"], day.GetProperty("fibonacci").EnumerateObject().Select(field => field.Name));
    }

    [Fact]
    public async Task Klines_are_rows_of_twelve()
    {
        var rows = await _gateway.GetAsync($"/api/klines?symbol=BTCUSDT&interval=1m&limit=3&startTime={GatewayFixture.FirstMinute}");
        Assert.Equal(3, rows.GetArrayLength());
        Assert.Equal($"[{GatewayFixture.FirstMinute},\"100\",\"101\",\"99.25\",\"100.5\",\"10\",{GatewayFixture.FirstMinute + 59_999},\"1000\",7,\"4\",\"400\",\"0\"]", rows[0].GetRawText());
        var newest = await _gateway.GetAsync("/api/klines?symbol=BTCUSDT&limit=2");
        Assert.Equal(GatewayFixture.FirstMinute + ((GatewayFixture.Minutes - 1) * Timeframe.MinuteMs), newest[1][0].GetInt64());
    }

    [Fact]
    public async Task Tickers_compare_with_the_price_of_a_day_ago()
    {
        var tickers = await _gateway.GetAsync("/api/tickers?symbols=ETHUSDT,NOTHING,BTCUSDT");
        Assert.Equal(["ETHUSDT", "BTCUSDT"], tickers.EnumerateArray().Select(ticker => ticker.GetProperty("symbol").GetString()));
        var bitcoin = tickers[1];
        Assert.Equal(("139", "39", "39"), (bitcoin.GetProperty("lastPrice").GetString(), bitcoin.GetProperty("priceChange").GetString(), bitcoin.GetProperty("priceChangePercent").GetString()));
        Assert.Equal(JsonValueKind.Null, bitcoin.GetProperty("volume").ValueKind); // not known, so not zero
    }

    [Fact]
    public async Task Settings_are_kept_field_by_field_and_need_an_account()
    {
        Assert.Equal(HttpStatusCode.Unauthorized, (await _gateway.SendAsync(HttpMethod.Get, "/api/settings")).StatusCode);
        var key = await _gateway.KeyAsync("earlier", "reader");
        Assert.Equal("""{"selected_alerts":[],"webhook_url":null,"notification_enabled":false}""", (await _gateway.GetAsync("/api/settings", key)).GetRawText());
        await _gateway.SendAsync(HttpMethod.Post, "/api/settings", key, new { selected_alerts = new[] { "futures_big_bull_60" } });
        var saved = await (await _gateway.SendAsync(HttpMethod.Post, "/api/settings", key, new { notification_enabled = true })).Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal("""{"selected_alerts":["futures_big_bull_60"],"webhook_url":null,"notification_enabled":true}""", saved.GetRawText());
    }

    [Fact]
    public async Task A_chart_finds_and_describes_an_instrument()
    {
        Assert.Contains("\"1D\"", (await _gateway.GetAsync("/udf/config")).GetProperty("supported_resolutions").GetRawText(), StringComparison.Ordinal);
        Assert.Equal("binance-futures:BTCUSDT", (await _gateway.GetAsync("/udf/search?query=btc&type=&exchange=&limit=30"))[0].GetProperty("ticker").GetString());
        var symbol = await _gateway.GetAsync("/udf/symbols?symbol=BINANCE-FUTURES:BTCUSDT");
        Assert.Equal(("24x7", 100, 1), (symbol.GetProperty("session").GetString(), symbol.GetProperty("pricescale").GetInt64(), symbol.GetProperty("minmov").GetInt32())); // 99.25 has two decimals
    }

    [Fact]
    public async Task A_chart_gets_bars_before_a_time_oldest_first()
    {
        var bars = await _gateway.GetAsync($"/udf/history?symbol=BTCUSDT&resolution=1&from={First + 60}&to={First + 180}");
        Assert.Equal(("ok", $"[{First + 60},{First + 120}]"), (bars.GetProperty("s").GetString(), bars.GetProperty("t").GetRawText()));
        Assert.Equal("[101.5,102.5]", bars.GetProperty("c").GetRawText());
        var back = await _gateway.GetAsync($"/udf/history?symbol=BTCUSDT&resolution=1&from={First + 590}&to={First + 600}&countback=5");
        Assert.Equal([5L, First + 300], [back.GetProperty("t").GetArrayLength(), back.GetProperty("t")[0].GetInt64()]);
    }

    [Fact]
    public async Task A_chart_is_told_where_earlier_bars_are()
    {
        var later = await _gateway.GetAsync($"/udf/history?symbol=BTCUSDT&resolution=1&from={First + 100_000}&to={First + 100_060}");
        Assert.Equal($"{{\"s\":\"no_data\",\"nextTime\":{First + ((GatewayFixture.Minutes - 1) * 60)}}}", later.GetRawText());
        Assert.Equal("""{"s":"no_data"}""", (await _gateway.GetAsync("/udf/history?symbol=BTCUSDT&resolution=1&from=1000&to=2000")).GetRawText());
    }

    [Fact]
    public async Task A_chart_gets_quotes_and_marks()
    {
        var quotes = await _gateway.GetAsync("/udf/quotes?symbols=BTCUSDT,NOTHING");
        Assert.Equal(["ok", "error"], quotes.GetProperty("d").EnumerateArray().Select(quote => quote.GetProperty("s").GetString()));
        Assert.Equal(139, quotes.GetProperty("d")[0].GetProperty("v").GetProperty("lp").GetDouble());
        var marks = await _gateway.GetAsync($"/udf/marks?symbol=BTCUSDT&from={First}&to={First + 100}&resolution=1");
        Assert.Equal(["id", "time", "color", "text", "label", "labelFontColor", "minSize"], marks.EnumerateObject().Select(field => field.Name));
        Assert.Equal("[]", (await _gateway.GetAsync($"/udf/timescale_marks?symbol=BTCUSDT&from={First}&to={First + 100}&resolution=1")).GetRawText());
    }
}
