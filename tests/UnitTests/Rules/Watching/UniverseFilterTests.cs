using CryptoScreener.Contracts.Instruments;
using CryptoScreener.Contracts.Rules;
using CryptoScreener.Rules.Watching;

namespace CryptoScreener.UnitTests.Rules.Watching;

public sealed class UniverseFilterTests
{
    private static readonly InstrumentId Bitcoin = new("binance-futures", "BTCUSDT");

    [Fact]
    public void Everything_absent_means_all() => Assert.True(Includes(new RuleUniverse()));

    [Fact]
    public void Each_part_can_exclude_an_instrument()
    {
        Assert.False(Includes(new RuleUniverse { Exchanges = ["okx-swap"] }));
        Assert.False(Includes(new RuleUniverse { QuoteAssets = ["USDC"] }));
        Assert.False(Includes(new RuleUniverse { Include = ["ETH*", "?TC"] }));
        Assert.False(Includes(new RuleUniverse { Exclude = ["*TCUSD?"] }));
    }

    [Fact]
    public void One_fitting_entry_of_each_part_is_enough() => Assert.True(Includes(new RuleUniverse
    {
        Exchanges = ["okx-swap", "binance-futures"],
        QuoteAssets = ["USDC", "USDT"],
        Include = ["ETHUSDT", "BTC*"],
        Exclude = ["BTC", "*_PERP"],
    }));

    private static bool Includes(RuleUniverse universe) => UniverseFilter.Includes(universe, Bitcoin, "USDT");
}
