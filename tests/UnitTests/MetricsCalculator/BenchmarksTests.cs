using CryptoScreener.Contracts.Instruments;
using CryptoScreener.MetricsCalculator;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace CryptoScreener.UnitTests.MetricsCalculator;

public sealed class BenchmarksTests
{
    [Theory]
    [InlineData("binance-futures", "BTCUSDT", true)]
    [InlineData("binance-spot", "BTCUSDT", true)]
    [InlineData("bybit-linear", "BTCUSDT", true)]
    [InlineData("okx-swap", "BTC-USDT-SWAP", true)]
    [InlineData("okx-swap", "ETH-USDT-SWAP", false)]
    [InlineData("binance-futures", "ETHUSDT", false)]
    public void Every_exchange_has_bitcoin_as_its_benchmark_by_its_own_name(string exchange, string symbol, bool isBenchmark) =>
        Assert.Equal(isBenchmark, Of(new CalculatorOptions()).Contains(new InstrumentId(exchange, symbol)));

    [Fact]
    public void Another_may_be_chosen_for_one_exchange_or_for_all_that_name_theirs_alike()
    {
        var options = new CalculatorOptions();
        new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["BenchmarkSymbol"] = "ETHUSDT", ["BenchmarkSymbolOf:bybit-linear"] = "SOLUSDT" })
            .Build()
            .Bind(options);
        var benchmarks = Of(options);
        Assert.True(benchmarks.Contains(new InstrumentId("binance-futures", "ETHUSDT")));
        Assert.True(benchmarks.Contains(new InstrumentId("bybit-linear", "SOLUSDT")));
        Assert.True(benchmarks.Contains(new InstrumentId("okx-swap", "BTC-USDT-SWAP")));
        Assert.False(benchmarks.Contains(new InstrumentId("bybit-linear", "ETHUSDT")));
    }

    private static CryptoScreener.MetricsCalculator.Universe.Benchmarks Of(CalculatorOptions options) => new(history: null!, Options.Create(options));
}
