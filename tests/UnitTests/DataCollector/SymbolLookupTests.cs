using System.Text;
using CryptoScreener.DataCollector.Candles;
using CryptoScreener.DataCollector.Exchanges;

namespace CryptoScreener.UnitTests.DataCollector;

public sealed class SymbolLookupTests
{
    private readonly FollowedInstrument _bitcoin = Followed.Instrument();
    private readonly FollowedInstrument _chinese = Followed.Instrument("币安人生USDT");
    private readonly SymbolLookup _symbols;

    public SymbolLookupTests() => _symbols = new SymbolLookup([_bitcoin, _chinese]);

    [Fact]
    public void A_followed_symbol_is_found_by_its_bytes()
    {
        Assert.Same(_bitcoin, _symbols.Find("BTCUSDT"u8));
        Assert.Same(_chinese, _symbols.Find("币安人生USDT"u8));
    }

    [Theory]
    [InlineData("")]
    [InlineData("btcusdt")]
    [InlineData("BTCUSDT ")]
    [InlineData("ETHUSDT")]
    public void Any_other_is_not(string symbol) => Assert.Null(_symbols.Find(Encoding.UTF8.GetBytes(symbol)));

    [Fact]
    public void Bytes_of_any_length_or_of_no_text_at_all_are_not_found()
    {
        Assert.Null(_symbols.Find(new byte[1_000]));
        Assert.Null(_symbols.Find([0xff, 0xfe, 0x80]));
    }
}
