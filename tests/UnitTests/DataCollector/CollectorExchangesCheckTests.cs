using CryptoScreener.DataCollector;
using CryptoScreener.DataCollector.Exchanges;
using Microsoft.Extensions.Options;

namespace CryptoScreener.UnitTests.DataCollector;

public sealed class CollectorExchangesCheckTests
{
    [Fact]
    public void A_known_exchange_with_its_own_addresses_is_fine() =>
        Assert.True(Check(new CollectorOptions { Exchanges = { ["binance-futures"] = new ExchangeOptions() } }).Succeeded);

    [Fact]
    public void Every_mistake_is_told_at_once_with_the_name_of_its_setting()
    {
        var result = Check(new CollectorOptions
        {
            Exchanges =
            {
                ["binance-futures"] = new ExchangeOptions { RestUrl = "fapi.binance.com", StreamUrl = "https://x", WeightShare = 0 },
                ["nonsense"] = new ExchangeOptions(),
            },
        });
        var failures = result.Failures!.ToList();
        Assert.Equal(4, failures.Count);
        Assert.Contains(failures, f => f.StartsWith("Collector:Exchanges:binance-futures:RestUrl", StringComparison.Ordinal));
        Assert.Contains(failures, f => f.StartsWith("Collector:Exchanges:binance-futures:StreamUrl", StringComparison.Ordinal));
        Assert.Contains(failures, f => f.StartsWith("Collector:Exchanges:binance-futures:WeightShare", StringComparison.Ordinal));
        Assert.Contains(failures, f => f.Contains("'nonsense' is not known", StringComparison.Ordinal));
    }

    private static ValidateOptionsResult Check(CollectorOptions options) =>
        new CollectorExchangesCheck().Validate(null, options);
}
