using System.Buffers;
using CryptoScreener.Contracts.Frames;
using CryptoScreener.Testing.Fuzzing;

namespace CryptoScreener.UnitTests.Fuzzing;

/// <summary>Frames are bytes and no text, so their corpus is written by their own writer.</summary>
public sealed class MetricFrameFuzzTests
{
    [Fact]
    public void Frames_of_metrics_are_read_as_they_would_be_written() => Fuzz.Run("metric-frames", [Written(0), Written(1), Written(3), Written(200), []], input =>
    {
        if (!FrameCodec.TryReadHeader(input, out var header, out var count)) return;
        var values = new double[count];
        FrameCodec.ReadValues(input, values);
        var again = Write(header, values);
        Assert.True(FrameCodec.TryReadHeader(again, out var headerAgain, out var countAgain));
        Assert.Equal((header, count), (headerAgain, countAgain));
        Assert.Equal(input[FrameCodec.HeaderSize..], again[FrameCodec.HeaderSize..]);
    });

    private static byte[] Written(int values) => Write(
        new FrameHeader(values % 2 == 1, 0xfeed, 1_767_600_000_000, 1_767_600_012_345, 1_767_600_012_350, 1_767_600_012_351, 3, 815),
        [.. Enumerable.Range(0, values).Select(i => i % 5 == 0 ? double.NaN : i * 1.25)]);

    private static byte[] Write(in FrameHeader header, double[] values)
    {
        var output = new ArrayBufferWriter<byte>();
        FrameCodec.Write(output, header, values);
        return output.WrittenSpan.ToArray();
    }
}
