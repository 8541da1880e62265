using System.Diagnostics;
using System.Globalization;
using CryptoScreener.Calculation;
using CryptoScreener.Contracts.Candles;

namespace CryptoScreener.Benchmarks.Replay;

/// <summary>A closed minute of one instrument: all metrics of the catalogue against those that a rule looks at.</summary>
internal static class CalculationCost
{
    private const int Minutes = 10_000;

    internal static void Print()
    {
        var all = Measure(CalculationPlan.Create());
        var few = Measure(CalculationPlan.Create(Timeframe.Default, [], new HashSet<string>(["change(5m)", "change(15m)", "volume(5m)", "volume(15m)"], StringComparer.Ordinal)));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"one closed minute: the whole catalogue {all:0.00} us, four windows {few:0.00} us ({all / few:0} times less)"));
    }

    private static double Measure(CalculationPlan plan)
    {
        var state = new InstrumentState(plan);
        var frame = new double[plan.Catalogue.Count];
        var rows = new RandomWalk(1, new Random(1)).Minutes(ReplayBench.Start, Minutes).ToArray();
        var started = 0L;
        for (var i = 0; i < Minutes; i++)
        {
            if (i == Minutes / 2) started = Stopwatch.GetTimestamp(); // the first half warms code and windows
            state.Commit(rows[i].Candle, rows[i].Source);
            state.WriteClosedFrame(frame);
        }

        return Stopwatch.GetElapsedTime(started).TotalMicroseconds / (Minutes / 2);
    }
}
