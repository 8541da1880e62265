using System.Buffers;
using CryptoScreener.Contracts.Bus;
using CryptoScreener.Contracts.Frames;
using CryptoScreener.Contracts.Instruments;
using CryptoScreener.Messaging.Reading;
using CryptoScreener.MetricsCalculator.Persistence;

namespace CryptoScreener.UnitTests.MetricsCalculator;

public sealed class MinuteFramesTests
{
    private static readonly InstrumentId Bitcoin = new("a", "BTCUSDT");
    private readonly MinuteFrames _frames = new();

    [Fact]
    public void Frames_wait_for_a_mark_and_become_rows()
    {
        _frames.Add(Frame(minute: 60_000, 1, double.NaN));
        _frames.Add(Frame(minute: 120_000, 2, 3));
        Assert.False(_frames.IsDue);
        _frames.Add(new StoredMessage(Subjects.MetricsMark(0, "a"), default, 3, default));
        Assert.True(_frames.IsDue);

        Assert.Equal([Bitcoin, Bitcoin], _frames.Instruments);
        var rows = _frames.Rows([7, 7]);
        Assert.Equal([(7, 60_000L, 5UL), (7, 120_000L, 5UL)], rows.Select(row => (row.InstrumentId, row.Minute, row.CatalogueHash)));
        Assert.Equal([1, double.NaN], rows[0].Numbers);

        _frames.Clear();
        Assert.False(_frames.IsDue);
        Assert.Empty(_frames.Instruments);
    }

    [Fact]
    public void Without_a_mark_they_are_due_when_they_are_many()
    {
        for (var i = 0; i < MinuteFrames.Most; i++)
        {
            Assert.False(_frames.IsDue);
            _frames.Add(Frame(i * 60_000L, 1));
        }

        Assert.True(_frames.IsDue);
    }

    [Fact]
    public void What_is_no_closed_frame_is_passed_over()
    {
        _frames.Add(new StoredMessage(Subjects.MetricsClosed(0, Bitcoin), new byte[] { 9, 9 }, 1, default));
        _frames.Add(Frame(60_000, isClosed: false, 1));
        Assert.Empty(_frames.Instruments);
    }

    private static StoredMessage Frame(long minute, params double[] values) => Frame(minute, true, values);

    private static StoredMessage Frame(long minute, bool isClosed, params double[] values)
    {
        var bytes = new ArrayBufferWriter<byte>();
        FrameCodec.Write(bytes, new FrameHeader(isClosed, CatalogueHash: 5, minute, 0, 0, 0, 1, 1), values);
        return new StoredMessage(Subjects.MetricsClosed(0, Bitcoin), bytes.WrittenMemory, 1, default);
    }
}
