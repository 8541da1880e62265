using System.Text.Json;
using CryptoScreener.Testing;

namespace CryptoScreener.ContractTests.Simulator;

/// <summary>A client that was not written for this simulator reads it: ccxt, with nothing but its addresses changed.</summary>
public class CcxtTests(CcxtInstallation ccxt) : IClassFixture<CcxtInstallation>
{
    [Theory]
    [InlineData("binance-futures", "BTC/USDT:USDT")]
    [InlineData("binance-spot", "BTC/USDT")]
    [InlineData("bybit-linear", "BTC/USDT:USDT")]
    [InlineData("okx-swap", "BTC/USDT:USDT")]
    public async Task Markets_history_tickers_and_live_candles_are_read(string exchange, string symbol)
    {
        await using var simulator = await RunningSimulator.StartAsync("--speed", "20", "--rate", "20");
        var seen = await ccxt.ReadAsync(exchange, simulator.Http.BaseAddress!.GetLeftPart(UriPartial.Authority));
        Assert.Equal(5, seen.GetProperty("symbols").GetArrayLength());
        Assert.Contains(symbol, seen.GetProperty("symbols").EnumerateArray().Select(s => s.GetString()));
        Assert.Equal(0.1, seen.GetProperty("tick").GetDouble());

        var history = seen.GetProperty("history");
        Assert.Equal(5, history.GetArrayLength());
        var truth = await simulator.GetAsync($"/sim/truth/klines?exchange={exchange}&symbol={(exchange == "okx-swap" ? "BTC-USDT-SWAP" : "BTCUSDT")}&interval=1m&from={history[0][0]}&to={history[3][0]}");
        for (var i = 0; i < 4; i++)
            for (var column = 1; column <= 5; column++) Assert.Equal(decimal.Parse(truth[i][column].GetString()!, System.Globalization.CultureInfo.InvariantCulture), history[i][column].GetDecimal());

        var live = seen.GetProperty("live");
        Assert.True(live[0][0].GetInt64() >= history[4][0].GetInt64());
        Assert.True(live[live.GetArrayLength() - 1][0].GetInt64() >= live[0][0].GetInt64());
        Assert.True(seen.GetProperty("last").GetDouble() > 0);
    }
}

/// <summary>ccxt, installed once.</summary>
public sealed class CcxtInstallation
{
    private readonly NodeClient _client = new("tests/ContractTests/Simulator/ccxt", "client.mjs");

    public async Task<JsonElement> ReadAsync(string exchange, string address) =>
        JsonSerializer.Deserialize<JsonElement>(await _client.RunAsync(exchange, address));
}
