using System.Text;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.DataCollector.Candles;
using CryptoScreener.DataCollector.Exchanges;
using CryptoScreener.DataCollector.Exchanges.Binance;

namespace CryptoScreener.UnitTests.DataCollector;

public sealed class BinanceKlineParserTests
{
    private const string Event = """
        {"e":"kline","E":1763656500003,"s":"BTCUSDT","k":{"t":1763656440000,"T":1763656499999,"s":"BTCUSDT","i":"1m","f":100,"L":420,"o":"91000.10","c":"91005.25","h":"91010.50","l":"90990","v":"12.345","n":321,"x":true,"q":"1123456.78","V":"6.1","Q":"555000.5","B":"0"}}
        """;

    private static readonly Candle Candle = new(1_763_656_440_000, 91000.1, 91010.5, 90990, 91005.25, 12.345, 1123456.78, 321, 6.1, 555000.5);
    private readonly FollowedInstrument _bitcoin = Followed.Instrument();
    private readonly SymbolLookup _symbols;

    public BinanceKlineParserTests() => _symbols = new SymbolLookup([_bitcoin]);

    [Theory]
    [InlineData(Event)]
    [InlineData("""{"stream":"btcusdt@kline_1m","data":""" + Event + "}")]
    [InlineData("""{"data":""" + Event + ""","stream":"btcusdt@kline_1m"}""")]
    public void A_candle_is_read_with_and_without_its_wrapper(string frame)
    {
        Assert.Equal(FrameKind.Kline, BinanceKlineParser.Parse(Encoding.UTF8.GetBytes(frame), _symbols, out var kline));
        Assert.Equal(new Kline(_bitcoin, Candle, true, 1_763_656_500_003), kline);
    }

    [Fact]
    public void A_forming_candle_says_that_it_is_not_closed()
    {
        Assert.Equal(FrameKind.Kline, BinanceKlineParser.Parse(Changed("\"x\":true", "\"x\":false"), _symbols, out var kline));
        Assert.False(kline.IsClosed);
    }

    [Fact]
    public void Fields_of_a_later_version_are_skipped()
    {
        var frame = Changed("\"i\":\"1m\"", """
            "i":"1m","new":{"t":1,"list":[{"o":"9"}]},"W":[1,2]
            """);
        Assert.Equal(FrameKind.Kline, BinanceKlineParser.Parse(frame, _symbols, out var kline));
        Assert.Equal(Candle, kline.Candle);
    }

    [Theory]
    [InlineData("\"o\":\"91000.10\"", "\"o\":91000.10")]
    [InlineData("\"n\":321", "\"n\":\"321\"")]
    public void A_number_may_stand_in_a_string_or_not(string asNow, string other)
    {
        Assert.Equal(FrameKind.Kline, BinanceKlineParser.Parse(Changed(asNow, other), _symbols, out var kline));
        Assert.Equal(Candle, kline.Candle);
    }

    [Theory]
    [InlineData("""{"result":null,"id":1}""", "Control")]
    [InlineData("""{"e":"markPriceUpdate","E":1763656500003,"s":"BTCUSDT"}""", "Control")]
    [InlineData("""{"stream":"!ticker@arr","data":[]}""", "Control")]
    [InlineData("{}", "Control")]
    [InlineData("""{"error":{"code":2,"msg":"Invalid request"},"id":1}""", "Error")]
    [InlineData("""{"code":-1121,"msg":"Invalid symbol."}""", "Error")]
    [InlineData("[]", "Malformed")]
    [InlineData("null", "Malformed")]
    [InlineData("pong", "Malformed")]
    [InlineData("", "Malformed")]
    [InlineData("""{"e":5}""", "Malformed")]
    [InlineData("""{"e":"kline","E":"soon"}""", "Malformed")]
    [InlineData("""{"e":"kline","E":1,"k":null}""", "Malformed")]
    public void Other_frames_are_told_apart(string frame, string kind) =>
        Assert.Equal(kind, BinanceKlineParser.Parse(Encoding.UTF8.GetBytes(frame), _symbols, out _).ToString());

    [Theory]
    [InlineData("\"s\":\"BTCUSDT\",\"i\"", "\"s\":\"ETHUSDT\",\"i\"", "UnknownSymbol")]
    [InlineData("\"i\":\"1m\"", "\"i\":\"5m\"", "Malformed")]
    [InlineData("\"o\":\"91000.10\"", "\"o\":\"91000,10\"", "Malformed")]
    [InlineData("\"n\":321", "\"n\":3.5", "Malformed")]
    [InlineData("\"n\":321,", "", "Malformed")]
    [InlineData("\"Q\":\"555000.5\",", "", "Malformed")]
    [InlineData("\"x\":true", "\"x\":\"true\"", "Malformed")]
    public void A_candle_that_breaks_its_protocol_is_refused(string right, string wrong, string kind) =>
        Assert.Equal(kind, BinanceKlineParser.Parse(Changed(right, wrong), _symbols, out _).ToString());

    [Fact]
    public void Every_truncation_is_refused_and_none_throws()
    {
        var frame = Encoding.UTF8.GetBytes(Event);
        for (var length = 0; length < frame.Length; length++)
            Assert.True(BinanceKlineParser.Parse(frame.AsSpan(0, length), _symbols, out _) == FrameKind.Malformed, $"the first {length} bytes");
    }

    [Fact]
    public void Reading_a_candle_allocates_nothing()
    {
        var frame = Encoding.UTF8.GetBytes(Event);
        for (var i = 0; i < 3; i++) BinanceKlineParser.Parse(frame, _symbols, out _);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++) BinanceKlineParser.Parse(frame, _symbols, out _);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private static byte[] Changed(string from, string to)
    {
        Assert.Contains(from, Event, StringComparison.Ordinal);
        return Encoding.UTF8.GetBytes(Event.Replace(from, to, StringComparison.Ordinal));
    }
}
