using CryptoScreener.AlertEngine.RuleBook;
using CryptoScreener.Contracts.Instruments;
using CryptoScreener.Contracts.Rules;

namespace CryptoScreener.UnitTests.AlertEngine;

public sealed class UniverseMatchTests
{
    [Fact]
    public void Everything_absent_means_all() => Assert.True(new RuleUniverse().Covers(InstrumentId.Parse("okx-swap:BTC-USDT-SWAP")));

    [Theory]
    [InlineData("binance-futures:BTCUSDT", true)]
    [InlineData("okx-swap:BTC-USDT-SWAP", true)]
    [InlineData("binance-futures:BTCUSDC", false)]
    [InlineData("binance-futures:USDTTRY", false)]
    public void A_quote_asset_stands_at_the_end_or_between_hyphens(string instrument, bool expected) =>
        Assert.Equal(expected, new RuleUniverse { QuoteAssets = ["USDT"] }.Covers(InstrumentId.Parse(instrument)));

    [Theory]
    [InlineData("binance-futures:BTCUSDT", true)]
    [InlineData("binance-futures:BTCDOMUSDT", false)]
    [InlineData("binance-futures:ETHUSDT", false)]
    [InlineData("binance-spot:BTCUSDT", false)]
    public void Exchange_and_one_pattern_must_match_and_no_excluding_one(string instrument, bool expected)
    {
        var universe = new RuleUniverse { Exchanges = ["binance-futures"], Include = ["btc*"], Exclude = ["*DOM*"] };
        Assert.Equal(expected, universe.Covers(InstrumentId.Parse(instrument)));
    }
}
