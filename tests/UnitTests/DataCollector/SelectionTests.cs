using CryptoScreener.DataCollector;
using CryptoScreener.DataCollector.Exchanges;

namespace CryptoScreener.UnitTests.DataCollector;

public sealed class SelectionTests
{
    private static readonly ListedInstrument[] Listed =
    [
        Of("DOGEUSDT", "USDT", 10), Of("BTCUSDT", "USDT", 1_000), Of("BTCUSDC", "USDC", 900), Of("ETHUSDT", "USDT", 500),
        Of("1000PEPEUSDT", "USDT", 10), Of("BTCUSDT_261225", "USDT", 5),
    ];

    [Fact]
    public void The_most_traded_of_the_quote_asset_come_first_and_equal_ones_by_name() => Assert.Equal(
        ["BTCUSDT", "ETHUSDT", "1000PEPEUSDT", "DOGEUSDT", "BTCUSDT_261225"], Select(new CollectorOptions()));

    [Fact]
    public void Without_a_quote_asset_all_are_followed() =>
        Assert.Equal(["BTCUSDT", "BTCUSDC"], Select(new CollectorOptions { QuoteAssets = [], TopByVolume = 2 }));

    [Fact]
    public void The_limit_counts_what_the_patterns_left() =>
        Assert.Equal(["ETHUSDT", "1000PEPEUSDT"], Select(new CollectorOptions { Deny = ["BTC*"], TopByVolume = 2 }));

    [Fact]
    public void One_allowing_pattern_must_match_and_no_denying_one() =>
        Assert.Equal(["BTCUSDT"], Select(new CollectorOptions { Allow = ["btc*", "????USDT"], Deny = ["*_*", "DOGE*"] }));

    [Fact]
    public void A_symbol_that_could_be_no_subject_token_is_left_out() =>
        Assert.Empty(Selection.Of([Of("BTC.USDT", "USDT", 1), Of("A B", "USDT", 1)], new CollectorOptions()));

    [Fact]
    public void A_row_that_is_there_twice_is_one_instrument() =>
        Assert.Equal(["BTCUSDT", "ETHUSDT"], Selection.Of([Of("BTCUSDT", "USDT", 9), Of("ETHUSDT", "USDT", 5), Of("BTCUSDT", "USDT", 9)], new CollectorOptions()).Select(i => i.Symbol));

    private static IEnumerable<string> Select(CollectorOptions options) => Selection.Of(Listed, options).Select(i => i.Symbol);

    private static ListedInstrument Of(string symbol, string quote, double volume) => new(symbol, "", quote, volume, 0.1);
}
