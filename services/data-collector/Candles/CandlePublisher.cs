using System.Buffers;
using System.Globalization;
using System.Text.Json;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.Hosting.Telemetry;
using CryptoScreener.Messaging.Publishing;

namespace CryptoScreener.DataCollector.Candles;

/// <summary>Puts one exchange's candles on the bus. Used by its lane alone, so one writer and one buffer serve all.</summary>
internal sealed class CandlePublisher(
    CorePublisher core, StoredPublisher stored, CandleMetrics metrics, StageLatency stages, TimeProvider time)
{
    private readonly ArrayBufferWriter<byte> _buffer = new(1024);
    private Utf8JsonWriter? _json;

    public ValueTask LiveAsync(FollowedInstrument instrument, in Candle candle, long eventTime, long receivedAt, CancellationToken stop)
    {
        Encode(new CandleUpdate(instrument.Id, candle, false, CandleSource.Forming, eventTime, receivedAt, instrument.Epoch));
        return core.PublishAsync(instrument.LiveSubject, _buffer.WrittenMemory, stop);
    }

    /// <summary>False when the buffer towards an absent bus is full: the candle is a gap to repair.</summary>
    public bool TryClose(FollowedInstrument instrument, in Candle candle, CandleSource source, long eventTime, long receivedAt)
    {
        Encode(new CandleUpdate(instrument.Id, candle, true, source, eventTime, receivedAt, instrument.Epoch));
        if (!stored.TryPublish(instrument.ClosedSubject, _buffer.WrittenSpan, MessageId(instrument, candle, source))) return false;
        metrics.Published(instrument.Id.Exchange);
        stages.Record(Stage.Published, receivedAt, time.GetUtcNow().ToUnixTimeMilliseconds());
        return true;
    }

    // With the source: when a right candle was followed by a wrong one, the audit says the right one again, and must be heard.
    // Without the epoch: a closed minute is in the stream once, whoever of two owners was the first to say it.
    private static string MessageId(FollowedInstrument instrument, in Candle candle, CandleSource source) =>
        string.Create(CultureInfo.InvariantCulture, $"{instrument.Id}:{candle.OpenTime}:{CandleContentHash.Of(candle):x16}:{(byte)source}");

    private void Encode(in CandleUpdate update)
    {
        _buffer.ResetWrittenCount();
        if (_json is null) _json = new Utf8JsonWriter(_buffer);
        else _json.Reset(_buffer);
        CandleCodec.Write(_json, update);
        _json.Flush();
    }
}
