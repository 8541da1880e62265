using System.Buffers;
using System.Globalization;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.Contracts.Frames;
using CryptoScreener.Hosting.Telemetry;
using CryptoScreener.Messaging.Publishing;
using CryptoScreener.MetricsCalculator.Lanes;

namespace CryptoScreener.MetricsCalculator.Publishing;

/// <summary>Writes frames and puts them on the bus. One per lane, so one buffer serves all its instruments.</summary>
internal sealed class FramePublisher(
    CorePublisher core, StoredPublisher stored, CalculatorMetrics metrics, StageLatency stages, TimeProvider time)
{
    private readonly ArrayBufferWriter<byte> _buffer = new();
    private double[] _values = [];

    public ValueTask LiveAsync(TrackedInstrument instrument, long epoch, CancellationToken stop)
    {
        var started = time.GetTimestamp();
        var catalogue = instrument.State.Plan.Catalogue;
        var values = Room(catalogue.Count);
        if (!instrument.State.WriteLiveFrame(values)) return ValueTask.CompletedTask;
        Encode(started, values, new FrameHeader(
            false, catalogue.Hash, instrument.State.FormingMinute, instrument.EventTime, instrument.ReceivedAt, Now, epoch, 0));
        return core.PublishAsync(instrument.LiveSubject, _buffer.WrittenMemory, stop);
    }

    /// <summary>The frame of a closed minute that a candle changed; repeated after a restart under the same id.</summary>
    public ValueTask ClosedAsync(TrackedInstrument instrument, long minute, in LaneItem cause, long epoch, CancellationToken stop)
    {
        var started = time.GetTimestamp();
        var catalogue = instrument.State.Plan.Catalogue;
        var values = Room(catalogue.Count);
        if (!instrument.State.WriteClosedFrame(minute, values)) return ValueTask.CompletedTask;
        Encode(started, values, new FrameHeader(
            true, catalogue.Hash, minute, cause.Candle.EventTime, cause.Candle.ReceivedAt, Now, epoch, cause.Sequence));
        // A correction is another frame of the same minute; a repetition after a restart is the same one.
        var id = string.Create(CultureInfo.InvariantCulture, $"frame:{instrument.Id}:{minute}:{CandleContentHash.Of(cause.Candle.Candle):x16}");
        return stored.PublishAsync(instrument.ClosedSubject, _buffer.WrittenMemory, id, stop);
    }

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Instruments may be on different plans for the moment in which one follows another.</summary>
    private Span<double> Room(int count)
    {
        if (_values.Length < count) _values = new double[count];
        return _values.AsSpan(0, count);
    }

    private void Encode(long started, ReadOnlySpan<double> values, in FrameHeader header)
    {
        _buffer.ResetWrittenCount();
        FrameCodec.Write(_buffer, header, values);
        metrics.Frame(values.Length, time.GetElapsedTime(started));
        stages.Record(Stage.Calculated, header.ReceivedAt, header.CalculatedAt);
    }
}
