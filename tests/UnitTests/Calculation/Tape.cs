using CryptoScreener.Contracts.Candles;

namespace CryptoScreener.UnitTests.Calculation;

/// <summary>Random but repeatable minutes of one instrument.</summary>
internal static class Tape
{
    /// <summary>A UTC midnight.</summary>
    internal const long Start = 1_760_054_400_000;

    internal static long Minute(int index) => Start + (index * Timeframe.MinuteMs);

    internal static Candle[] Random(int seed, int minutes, double price = 100, long start = Start)
    {
        var random = new Random(seed);
        var tape = new Candle[minutes];
        for (var i = 0; i < minutes; i++)
        {
            var open = price * (1 + ((random.NextDouble() - 0.5) * 0.002));
            var close = open * (1 + ((random.NextDouble() - 0.5) * 0.01));
            var high = Math.Max(open, close) * (1 + (random.NextDouble() * 0.003));
            var low = Math.Min(open, close) * (1 - (random.NextDouble() * 0.003));
            var volume = random.Next(8) == 0 ? 0 : random.NextDouble() * 1_000;
            var taker = random.NextDouble() * volume;
            var openTime = start + (i * Timeframe.MinuteMs);
            tape[i] = new Candle(openTime, open, high, low, close, volume, volume * close, random.Next(500), taker, taker * close);
            price = close;
        }

        return tape;
    }

    /// <summary>Stored bars of a timeframe that end where the tape starts.</summary>
    internal static Candle[] Before(Timeframe timeframe, int bars)
    {
        var tape = Random(timeframe.Minutes, bars);
        for (var i = 0; i < bars; i++) tape[i] = tape[i] with { OpenTime = Start - ((bars - i) * timeframe.Milliseconds) };
        return tape;
    }

    /// <summary>The candle as it looked part of the way through its minute.</summary>
    internal static Candle Forming(in Candle final, double part)
    {
        var close = final.Open + ((final.Close - final.Open) * part);
        return final with
        {
            Close = close,
            High = Math.Max(final.Open, close),
            Low = Math.Min(final.Open, close),
            Volume = final.Volume * part,
            QuoteVolume = final.QuoteVolume * part,
            Trades = (long)(final.Trades * part),
            TakerBuyVolume = final.TakerBuyVolume * part,
            TakerBuyQuoteVolume = final.TakerBuyQuoteVolume * part,
        };
    }
}
