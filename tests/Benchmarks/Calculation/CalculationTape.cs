using CryptoScreener.Calculation;
using CryptoScreener.Contracts.Candles;

namespace CryptoScreener.Benchmarks.Calculation;

/// <summary>A random walk of minutes, always the same, and a state that has all the history it can use.</summary>
internal static class CalculationTape
{
    internal static Candle[] Make(int minutes, int seed)
    {
        var random = new Random(seed);
        var tape = new Candle[minutes];
        var price = 100.0;
        for (var i = 0; i < minutes; i++)
        {
            var close = Math.Clamp(Tick(price * (1 + ((random.NextDouble() - 0.5) * 0.01))), 1, 100_000);
            var (high, low) = (Tick(Math.Max(price, close) * 1.001), Tick(Math.Min(price, close) * 0.999));
            var volume = Math.Round(1 + (random.NextDouble() * 1_000), 3);
            var taker = Math.Round(volume * random.NextDouble(), 3);
            var openTime = 1_760_054_400_000 + (i * Timeframe.MinuteMs);
            tape[i] = new Candle(openTime, price, high, low, close, volume, Math.Round(volume * close, 6), 100, taker, Math.Round(taker * close, 6));
            price = close;
        }

        return tape;
    }

    internal static InstrumentState Warm(CalculationPlan plan, ReadOnlySpan<Candle> tape)
    {
        var state = new InstrumentState(plan);
        foreach (var timeframe in plan.Timeframes)
        {
            var bars = Make(260, timeframe.Minutes);
            for (var i = 0; i < bars.Length; i++)
                bars[i] = bars[i] with { OpenTime = tape[0].OpenTime - ((bars.Length - i) * timeframe.Milliseconds) };
            state.SeedBars(timeframe, bars);
        }

        foreach (ref readonly var candle in tape) state.Commit(in candle, CandleSource.Exchange);
        return state;
    }

    private static double Tick(double price) => Math.Round(price, 3);
}
