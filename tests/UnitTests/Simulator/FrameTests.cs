using System.Globalization;
using System.Text;
using CryptoScreener.ExchangeSimulator.Feeds;
using CryptoScreener.ExchangeSimulator.Sockets;
using FsCheck;
using FsCheck.Fluent;

namespace CryptoScreener.UnitTests.Simulator;

public class FrameTests
{
    [Fact]
    public void Masked_frames_of_any_length_are_read_back_and_incomplete_ones_wait()
    {
        var lengths = Gen.OneOf(Gen.Choose(0, 130), Gen.Choose(65_500, 65_600)).ToArbitrary();
        Prop.ForAll(lengths, length =>
        {
            var payload = new byte[length];
            new Random(length).NextBytes(payload);
            var frame = Masked(payload);
            Assert.False(Frames.TryRead(frame.AsSpan(0, frame.Length - 1).ToArray(), out _, out _, out _, out _));
            Assert.True(Frames.TryRead(frame, out var opcode, out var isFinal, out var range, out var consumed));
            Assert.Equal((Opcode.Text, true, frame.Length), (opcode, isFinal, consumed));
            return frame.AsSpan(range).SequenceEqual(payload);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Scaled_numbers_are_written_as_decimal_writes_them()
    {
        Prop.ForAll<long, int>((value, places) =>
        {
            var digits = Math.Abs(places % 9);
            var room = new byte[64];
            var text = new Utf8Builder(room);
            text.Decimal(value, digits);
            var scale = (decimal)Math.Pow(10, digits);
            return Encoding.ASCII.GetString(text.Written) == (value / scale).ToString("F" + digits, CultureInfo.InvariantCulture);
        }).QuickCheckThrowOnFailure();
    }

    private static byte[] Masked(byte[] payload)
    {
        var header = new byte[Frames.MaxHeader];
        var length = Frames.WriteHeader(header, Opcode.Text, payload.Length);
        header[1] |= 0x80;
        byte[] mask = [1, 2, 3, 4];
        return [.. header[..length], .. mask, .. payload.Select((b, i) => (byte)(b ^ mask[i & 3]))];
    }
}
