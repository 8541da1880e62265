using System.Runtime.InteropServices;
using CryptoScreener.Calculation;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.Contracts.Instruments;
using CryptoScreener.Storage.Candles;
using CryptoScreener.Storage.Connections;
using CryptoScreener.Storage.Instruments;

namespace CryptoScreener.MetricsCalculator.Universe;

/// <summary>The closes of one exchange's benchmark: from the database before the first frame, then from the frames.</summary>
internal sealed class Benchmark(InstrumentState state)
{
    /// <summary>More bars of each timeframe than correlation looks at.</summary>
    private const int Bars = 200;

    /// <summary>The newest bar of a day, put together again from minutes, and as much before it.</summary>
    private const long MinutesMs = 2 * 24 * 60 * Timeframe.MinuteMs;

    public static async Task<Benchmark> LoadAsync(
        InstrumentId id, long before, CalculationPlan plan, InstrumentStore instruments, CandleReader candles, WhenAvailable whenAvailable, CancellationToken stop)
    {
        var state = new InstrumentState(plan);
        await whenAvailable.RunAsync(
            "loading the benchmark",
            async token =>
            {
                state.Clear();
                var number = (await instruments.ResolveAsync([id], token))[0];
                foreach (var timeframe in plan.Timeframes)
                {
                    var bars = new List<Candle>();
                    await candles.ReadLastAsync(number, timeframe, before - timeframe.Milliseconds, Bars, bars, token);
                    state.SeedBars(timeframe, CollectionsMarshal.AsSpan(bars));
                }

                var minutes = new List<Candle>();
                await candles.ReadAsync(number, Timeframe.OneMinute, before - MinutesMs, before - Timeframe.MinuteMs, minutes, token);
                foreach (var minute in minutes) state.Commit(minute, CandleSource.Successor);
            },
            stop);
        return new Benchmark(state);
    }

    /// <summary>Only closes are compared, so a flat candle says all. A frame that repeats a minute corrects it.</summary>
    public void Closed(long minute, double price)
    {
        var flat = new Candle(minute, price, price, price, price, 0, 0, 0, 0, 0);
        if (state.Commit(flat, CandleSource.Exchange) == CommitOutcome.Duplicate) state.Commit(flat, CandleSource.Audit);
    }

    public BenchmarkCloses At(long minute) => BenchmarkCloses.Of(state, minute);
}
