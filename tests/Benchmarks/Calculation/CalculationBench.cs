using System.Diagnostics;
using CryptoScreener.Benchmarks.Report;
using CryptoScreener.Calculation;
using CryptoScreener.Contracts.Candles;

namespace CryptoScreener.Benchmarks.Calculation;

/// <summary><c>Benchmarks calculation</c>: one instrument with the whole catalogue on seven timeframes, then a lane with 800 of them.</summary>
internal static class CalculationBench
{
    private const int History = 3 * 1440;
    private const int Minutes = 20_000;
    private const int Updates = 1_000_000;
    private const int MostSamples = 200_000;
    private const string One = "1 instrument";

    public static async Task RunAsync()
    {
        var report = new BenchReport("calculation");
        var plan = CalculationPlan.Create();
        Memory(plan, report);
        Live(plan, report);
        Closed(plan, report);
        foreach (var live in new[] { 0, 100 }) await LaneBench.MeasureAsync(live, report);
    }

    /// <summary>What it holds after three days of minutes, as exchanges write their numbers.</summary>
    private static void Memory(CalculationPlan plan, BenchReport report)
    {
        var tape = CalculationTape.Make(History, seed: 3);
        _ = CalculationTape.Warm(plan, tape); // so that nothing is counted that happens once
        CalculationTape.Warm(plan, tape.AsSpan(0, 10));
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var states = new InstrumentState[20];
        for (var i = 0; i < states.Length; i++) states[i] = CalculationTape.Warm(plan, tape);
        var held = (GC.GetTotalMemory(forceFullCollection: true) - before) / states.Length;
        GC.KeepAlive(states);
        report.Add(Numbers.Memory.Of(One, held / 1024.0));
    }

    /// <summary>Updates of a forming candle: the volume grows from one to the next, as it does within a minute.</summary>
    private static void Live(CalculationPlan plan, BenchReport report)
    {
        var tape = CalculationTape.Make(History + 1, seed: 1);
        var state = CalculationTape.Warm(plan, tape.AsSpan(0, History));
        var last = tape[History];
        var range = last.High - last.Low;
        var forming = new Candle[1_024];
        for (var i = 0; i < forming.Length; i++) forming[i] = last with { Close = last.Low + (range * (i % 7 / 7.0)) };
        var values = new double[plan.Catalogue.Count];
        var volume = 0.0;

        Report(report, Numbers.Merge, Updates, i => state.Merge(forming[i % forming.Length] with { Volume = volume += 1 }));
        Report(
            report,
            Numbers.MergeAndFrame,
            MostSamples / 4,
            i =>
            {
                state.Merge(forming[i % forming.Length] with { Volume = volume += 1 });
                state.WriteLiveFrame(values);
            });
    }

    /// <summary>Closed minutes one after the other, so that bars of all timeframes end as they do in two weeks.</summary>
    private static void Closed(CalculationPlan plan, BenchReport report)
    {
        var tape = CalculationTape.Make(History + (2 * Minutes), seed: 2);
        var values = new double[plan.Catalogue.Count];
        var alone = CalculationTape.Warm(plan, tape.AsSpan(0, History));
        Report(report, new("closed candle", null, null, "ns", "calculation"), Minutes, i => alone.Commit(in tape[History + i], CandleSource.Exchange));
        var framed = CalculationTape.Warm(plan, tape.AsSpan(0, History));
        Report(
            report,
            new("closed candle and its frame", null, null, "ns", "calculation"),
            Minutes,
            i =>
            {
                framed.Commit(in tape[History + i], CandleSource.Exchange);
                framed.WriteClosedFrame(values);
            });
    }

    /// <summary>Twice, of which the second counts: the first compiles.</summary>
    private static void Report(BenchReport report, NumbersRow row, int count, Action<int> work)
    {
        for (var i = 0; i < count / 2; i++) work(i);
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var started = Stopwatch.GetTimestamp();
        for (var i = count / 2; i < count; i++) work(i);
        var nanoseconds = Stopwatch.GetElapsedTime(started).TotalNanoseconds / (count - (count / 2));
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        report.Add(row.Of(One, nanoseconds));
        report.Add(new Measured($"{row.What}, allocated", One, (double)allocated / (count - (count / 2)), "B"));
    }
}
