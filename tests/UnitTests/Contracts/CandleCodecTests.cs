using System.Buffers;
using System.Text;
using System.Text.Json;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.Contracts.Instruments;

namespace CryptoScreener.UnitTests.Contracts;

public sealed class CandleCodecTests
{
    private static readonly InstrumentId Btc = InstrumentId.Parse("binance-futures:BTCUSDT");
    private static readonly Candle Sample = new(1_763_656_440_000, 91000.1, 91010.5, 90990, 91005.25, 12.345, 1123456.78, 321, 6.1, 555000.5);

    [Fact]
    public void Every_field_survives_the_round_trip()
    {
        var update = new CandleUpdate(Btc, Sample, true, CandleSource.Exchange, 1_763_656_500_003, 1_763_656_500_050, 7);
        Assert.True(CandleCodec.TryRead(Write(update), Btc, out var read));
        Assert.Equal(update, read);
    }

    [Theory]
    [InlineData(1e-8, 1.23456789e-8)]
    [InlineData(0.1 + 0.2, 0.30000000000000004)]
    [InlineData(123456789.123456, 123456789.123457)]
    public void Prices_survive_bit_for_bit(double low, double high)
    {
        var update = new CandleUpdate(Btc, Sample with { Open = low, Low = low, High = high, Close = high }, false, CandleSource.Forming, 1, 2, 3);
        Assert.True(CandleCodec.TryRead(Write(update), Btc, out var read));
        Assert.Equal(BitConverter.DoubleToInt64Bits(low), BitConverter.DoubleToInt64Bits(read.Candle.Low));
        Assert.Equal(BitConverter.DoubleToInt64Bits(high), BitConverter.DoubleToInt64Bits(read.Candle.High));
    }

    [Fact]
    public void What_an_exchange_does_not_tell_is_absent_and_comes_back_as_unknown()
    {
        var candle = Sample with { Trades = Candle.UnknownTrades, TakerBuyVolume = double.NaN, TakerBuyQuoteVolume = double.NaN };
        var json = Write(new CandleUpdate(Btc, candle, true, CandleSource.Backfill, 1, 2, 3));
        Assert.DoesNotContain("taker", Encoding.UTF8.GetString(json), StringComparison.Ordinal);
        Assert.True(CandleCodec.TryRead(json, Btc, out var read));
        Assert.Equal(Candle.UnknownTrades, read.Candle.Trades);
        Assert.True(double.IsNaN(read.Candle.TakerBuyVolume));
    }

    [Fact]
    public void Fields_of_a_later_version_are_skipped()
    {
        var json = Encoding.UTF8.GetString(Write(new CandleUpdate(Btc, Sample, true, CandleSource.Audit, 1, 2, 3)));
        json = json.Replace("\"epoch\"", "\"new_thing\":{\"a\":[1,{\"open\":9}]},\"epoch\"", StringComparison.Ordinal);
        Assert.True(CandleCodec.TryRead(Encoding.UTF8.GetBytes(json), Btc, out var read));
        Assert.Equal(Sample, read.Candle);
        Assert.Equal(3, read.Epoch);
    }

    [Fact]
    public void Every_truncation_is_refused_and_none_throws()
    {
        var json = Write(new CandleUpdate(Btc, Sample, true, CandleSource.Exchange, 1, 2, 3));
        for (var length = 0; length < json.Length; length++)
            Assert.False(CandleCodec.TryRead(json.AsSpan(0, length), Btc, out _), $"accepted the first {length} bytes");
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("{\"open_time\":\"x\"}")]
    [InlineData("{\"open_time\":1e40}")]
    [InlineData("{\"open_time\":1,\"open\":true}")]
    public void What_is_not_a_candle_is_refused(string json) => Assert.False(CandleCodec.TryRead(Encoding.UTF8.GetBytes(json), Btc, out _));

    [Fact]
    public void Writing_and_reading_allocate_nothing()
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        var writer = new Utf8JsonWriter(buffer);
        var update = new CandleUpdate(Btc, Sample, true, CandleSource.Exchange, 1, 2, 3);
        RoundTrip();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++) RoundTrip();
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());

        void RoundTrip()
        {
            buffer.ResetWrittenCount();
            writer.Reset(buffer);
            CandleCodec.Write(writer, update);
            writer.Flush();
            if (!CandleCodec.TryRead(buffer.WrittenSpan, Btc, out _)) throw new InvalidOperationException("not read back");
        }
    }

    [Fact]
    public void The_content_hash_names_what_a_candle_says_and_not_when_it_was_seen()
    {
        Assert.Equal(CandleContentHash.Of(Sample), CandleContentHash.Of(Sample with { }));
        Assert.NotEqual(CandleContentHash.Of(Sample), CandleContentHash.Of(Sample with { Close = Math.BitIncrement(Sample.Close) }));
        Assert.Equal(0x4de4_d1ac_b7a8_b2c2UL, CandleContentHash.Of(Sample));
    }

    internal static byte[] Write(CandleUpdate update)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer);
        CandleCodec.Write(writer, update);
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }
}
