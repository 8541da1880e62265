using System.Buffers;
using CryptoScreener.Contracts.Frames;

namespace CryptoScreener.UnitTests.Contracts;

public sealed class FrameCodecTests
{
    private static readonly FrameHeader Header = new(true, 0x0123456789abcdef, 1_763_656_440_000, 11, 12, 13, 14, 15);

    [Fact]
    public void A_frame_survives_the_round_trip_and_absent_stays_absent()
    {
        double[] values = [1.5, double.NaN, 1e-8, -3];
        var bytes = Write(values);
        Assert.True(FrameCodec.TryReadHeader(bytes, out var header, out var count));
        Assert.Equal(Header, header);
        var read = new double[count];
        FrameCodec.ReadValues(bytes, read);
        Assert.Equal(values, read);
    }

    [Fact]
    public void The_layout_is_the_documented_one()
    {
        var hex = Convert.ToHexStringLower(Write([1.0, double.NaN]));
        Assert.Equal(
            "0101020000000000" + "efcdab8967452301" + "c0981da29a010000" + "0b00000000000000" + "0c00000000000000" +
            "0d00000000000000" + "0e00000000000000" + "0f00000000000000" + "000000000000f03f" + "000000000000f8ff",
            hex);
    }

    [Fact]
    public void A_frame_cut_short_or_of_another_version_is_refused()
    {
        var bytes = Write([1, 2, 3]);
        for (var length = 0; length < bytes.Length; length++) Assert.False(FrameCodec.TryReadHeader(bytes.AsSpan(0, length), out _, out _));
        bytes[0] = 2;
        Assert.False(FrameCodec.TryReadHeader(bytes, out _, out _));
    }

    private static byte[] Write(double[] values)
    {
        var buffer = new ArrayBufferWriter<byte>();
        FrameCodec.Write(buffer, Header, values);
        return buffer.WrittenSpan.ToArray();
    }
}
