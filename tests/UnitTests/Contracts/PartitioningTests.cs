using CryptoScreener.Contracts.Bus;
using CryptoScreener.Contracts.Instruments;

namespace CryptoScreener.UnitTests.Contracts;

public sealed class PartitioningTests
{
    [Theory]
    [InlineData("binance-futures:BTCUSDT", 13)]
    [InlineData("binance-futures:ETHUSDT", 7)]
    [InlineData("okx-swap:BTC-USDT-SWAP", 14)]
    public void The_partition_of_an_instrument_never_changes(string instrument, int expected) =>
        Assert.Equal(expected, Partitioning.Of(InstrumentId.Parse(instrument), Partitioning.DefaultCount));

    [Fact]
    public void Eight_hundred_instruments_spread_evenly()
    {
        var counts = new int[Partitioning.DefaultCount];
        for (var i = 0; i < 800; i++) counts[Partitioning.Of(new InstrumentId("binance-futures", $"COIN{i}USDT"), counts.Length)]++;
        Assert.All(counts, c => Assert.InRange(c, 25, 80));
    }
}
