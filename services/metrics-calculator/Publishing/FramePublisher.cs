using System.Buffers;
using System.Globalization;
using CryptoScreener.Calculation;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.Contracts.Frames;
using CryptoScreener.Hosting.Telemetry;
using CryptoScreener.Messaging.Publishing;
using CryptoScreener.MetricsCalculator.Lanes;

namespace CryptoScreener.MetricsCalculator.Publishing;

/// <summary>Writes frames and puts them on the bus. One per lane, so one buffer serves all its instruments.</summary>
internal sealed class FramePublisher(
    CalculationPlan plan, CorePublisher core, StoredPublisher stored, CalculatorMetrics metrics, StageLatency stages, TimeProvider time)
{
    private readonly double[] _values = new double[plan.Catalogue.Count];
    private readonly ArrayBufferWriter<byte> _buffer = new(FrameCodec.SizeOf(plan.Catalogue.Count));

    public ValueTask LiveAsync(TrackedInstrument instrument, long epoch, CancellationToken stop)
    {
        var started = time.GetTimestamp();
        if (!instrument.State.WriteLiveFrame(_values)) return ValueTask.CompletedTask;
        Encode(started, new FrameHeader(
            false, plan.Catalogue.Hash, instrument.State.FormingMinute, instrument.EventTime, instrument.ReceivedAt, Now, epoch, 0));
        return core.PublishAsync(instrument.LiveSubject, _buffer.WrittenMemory, stop);
    }

    /// <summary>The frame of a closed minute that a candle changed; repeated after a restart under the same id.</summary>
    public ValueTask ClosedAsync(TrackedInstrument instrument, long minute, in LaneItem cause, long epoch, CancellationToken stop)
    {
        var started = time.GetTimestamp();
        if (!instrument.State.WriteClosedFrame(minute, _values)) return ValueTask.CompletedTask;
        Encode(started, new FrameHeader(
            true, plan.Catalogue.Hash, minute, cause.Candle.EventTime, cause.Candle.ReceivedAt, Now, epoch, cause.Sequence));
        // A correction is another frame of the same minute; a repetition after a restart is the same one.
        var id = string.Create(CultureInfo.InvariantCulture, $"frame:{instrument.Id}:{minute}:{CandleContentHash.Of(cause.Candle.Candle):x16}");
        return stored.PublishAsync(instrument.ClosedSubject, _buffer.WrittenMemory, id, stop);
    }

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    private void Encode(long started, in FrameHeader header)
    {
        _buffer.ResetWrittenCount();
        FrameCodec.Write(_buffer, header, _values);
        metrics.Frame(_values.Length, time.GetElapsedTime(started));
        stages.Record(Stage.Calculated, header.ReceivedAt, header.CalculatedAt);
    }
}
