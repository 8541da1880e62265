using CryptoScreener.Contracts.Instruments;

namespace CryptoScreener.UnitTests.Contracts;

public sealed class InstrumentIdTests
{
    [Theory]
    [InlineData("binance-futures:BTCUSDT")]
    [InlineData("okx-swap:BTC-USDT-SWAP")]
    [InlineData("binance-futures:币安人生USDT")]
    [InlineData("binance-futures:BTCUSDT_261225")]
    public void What_is_written_is_read_back(string text)
    {
        var instrument = InstrumentId.Parse(text);
        Assert.Equal(text, instrument.ToString());
        Assert.Equal(instrument, InstrumentId.Parse(text));
        Assert.Equal(instrument.GetHashCode(), InstrumentId.Parse(text).GetHashCode());
    }

    [Theory]
    [InlineData("")]
    [InlineData("BTCUSDT")]
    [InlineData(":BTCUSDT")]
    [InlineData("binance:")]
    [InlineData("binance:BTC.USDT")]
    [InlineData("binance:BTC USDT")]
    [InlineData("binance:*")]
    [InlineData("binance:>")]
    [InlineData("a:b:c")]
    [InlineData("binance:BTC\u0000")]
    [InlineData(null)]
    public void What_could_not_be_a_subject_token_is_refused(string? text) => Assert.False(InstrumentId.TryParse(text, out _));

    [Fact]
    public void A_symbol_longer_than_64_characters_is_refused() =>
        Assert.Throws<ArgumentException>(() => new InstrumentId("binance", new string('A', 65)));

    [Fact]
    public void The_table_gives_one_object_per_instrument()
    {
        var table = new InstrumentTable();
        var first = table.Get("binance-futures", "BTCUSDT");
        Assert.Same(first, table.Get("binance-futures", "BTCUSDT"));
        Assert.NotSame(first, table.Get("binance-spot", "BTCUSDT"));
        Assert.Null(table.Get("binance-futures", "a b"));
    }

    [Fact]
    public void Looking_up_a_known_instrument_allocates_nothing()
    {
        var table = new InstrumentTable();
        table.Get("binance-futures", "BTCUSDT");
        table.Get("binance-futures", "BTCUSDT");
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++) table.Get("binance-futures", "BTCUSDT");
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }
}
