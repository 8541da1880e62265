using System.Collections.Concurrent;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.Contracts.Instruments;

namespace CryptoScreener.ApiGateway.Live;

/// <summary>The newest minutes of an instrument as the collector tells them. Immutable: news replaces it whole.</summary>
/// <param name="Closed">The last minute that closed; null until one does while we listen.</param>
/// <param name="Forming">The minute at hand; null right after a close.</param>
internal sealed record NewestCandles(Candle? Closed, Candle? Forming, long ReceivedAt)
{
    public NewestCandles With(in CandleUpdate update)
    {
        var candle = update.Candle;
        if (!update.IsClosed) return Closed?.OpenTime >= candle.OpenTime || Forming?.OpenTime > candle.OpenTime ? this : this with { Forming = candle, ReceivedAt = update.ReceivedAt };
        if (Closed?.OpenTime > candle.OpenTime) return this; // a correction of an older minute: the database has it
        return new NewestCandles(candle, Forming?.OpenTime > candle.OpenTime ? Forming : null, update.ReceivedAt);
    }
}

/// <summary>The newest candles of every instrument; written by the listener, read by channels and requests.</summary>
internal sealed class CandleBook
{
    private static readonly NewestCandles None = new(null, null, 0);
    private readonly ConcurrentDictionary<InstrumentId, NewestCandles> _candles = new();

    public NewestCandles? Find(InstrumentId instrument) => _candles.GetValueOrDefault(instrument);

    public void Offer(in CandleUpdate update)
    {
        var known = _candles.GetValueOrDefault(update.Instrument) ?? None;
        var now = known.With(update);
        if (!ReferenceEquals(known, now)) _candles[update.Instrument] = now; // one writer: the listener
    }
}
