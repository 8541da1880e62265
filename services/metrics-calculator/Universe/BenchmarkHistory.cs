using System.Runtime.InteropServices;
using CryptoScreener.Calculation;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.Contracts.Instruments;
using CryptoScreener.Storage.Candles;
using CryptoScreener.Storage.Connections;
using CryptoScreener.Storage.Instruments;

namespace CryptoScreener.MetricsCalculator.Universe;

/// <summary>What the database knows of a benchmark.</summary>
internal sealed class BenchmarkHistory(CalculationPlan plan, InstrumentStore instruments, CandleReader candles, WhenAvailable whenAvailable)
{
    /// <summary>More bars of each timeframe than correlation looks at.</summary>
    private const int Bars = 200;

    /// <summary>The newest bar of a day, put together again from minutes, and as much before it.</summary>
    private const long MinutesMs = 2 * 24 * 60 * Timeframe.MinuteMs;

    /// <param name="id">The benchmark.</param>
    /// <param name="before">The first minute (open time, unix ms) that is not to be in it.</param>
    /// <param name="stop">Ends the waiting for the database.</param>
    public Task<InstrumentState> LoadAsync(InstrumentId id, long before, CancellationToken stop) => whenAvailable.RunAsync(
        "loading the benchmark",
        async token =>
        {
            var state = new InstrumentState(plan);
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
            return state;
        },
        stop);
}
