using CryptoScreener.Contracts.Bus;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.Contracts.Instruments;
using CryptoScreener.Messaging.Reading;

namespace CryptoScreener.MetricsCalculator.Persistence;

/// <summary>Reads a closed candle of the CANDLES stream; false for a mark or for what is not a candle.</summary>
internal static class StoredCandle
{
    public static bool TryRead(in StoredMessage message, InstrumentTable table, out CandleUpdate update) =>
        TryRead(message.Subject, message.Data.Span, table, out update) && update.IsClosed;

    public static bool TryRead(string subject, ReadOnlySpan<byte> data, InstrumentTable table, out CandleUpdate update)
    {
        update = default;
        if (SubjectTokens.IsMark(subject)) return false;
        return table.Get(SubjectTokens.Exchange(subject), SubjectTokens.Symbol(subject)) is { } instrument
            && CandleCodec.TryRead(data, instrument, out update);
    }
}
