using System.Diagnostics;
using System.Globalization;
using CryptoScreener.Rules.Evaluation;
using CryptoScreener.Rules.Triggers;

namespace CryptoScreener.Benchmarks.Rules;

/// <summary>Sends frames round robin to instruments and takes the time of each.</summary>
internal sealed class FrameRun(InstrumentRules[] instruments, long start)
{
    private readonly Random _random = new(2);
    private readonly RuleEvent[] _events = new RuleEvent[1_024];
    private readonly double[] _frame = new double[RuleMix.Catalogue.Count];
    private long _time = start;

    /// <summary>A closed minute, so that crossings are known, and a live frame.</summary>
    public void FirstFrames()
    {
        foreach (var instrument in instruments) Send(instrument, jump: 0, isClosed: true);
        _time += 60_000;
        foreach (var instrument in instruments) Send(instrument, jump: 0);
    }

    /// <param name="jump">By how much the price may leave its place, as a share of it.</param>
    public Latencies Measure(int frames, double jump)
    {
        var ticks = new long[frames];
        var events = 0L;
        var spent = 0L;
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < frames; i++)
        {
            var (time, n) = Send(instruments[i % instruments.Length], jump);
            ticks[i] = time;
            spent += time;
            events += n;
        }

        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        Array.Sort(ticks);
        return new Latencies(Span(ticks[frames / 2]), Span(ticks[(int)(frames * 0.99)]), Span(ticks[^1]), Span(spent), events, (double)allocated / frames, frames);
    }

    private (long Ticks, int Events) Send(InstrumentRules instrument, double jump, bool isClosed = false)
    {
        RuleMix.Quiet(_random, _frame);
        _frame[0] *= 1 + (jump * ((_random.NextDouble() * 2) - 1));
        _time += 20;
        var at = new Moment(_time, _time - (_time % 60_000), isClosed);
        var events = 0;
        var started = Stopwatch.GetTimestamp();
        instrument.Begin(_frame, at);
        for (var done = false; !done;)
        {
            done = instrument.Step(_events, out var n);
            events += n;
        }

        return (Stopwatch.GetTimestamp() - started, events);
    }

    private static TimeSpan Span(long ticks) => Stopwatch.GetElapsedTime(0, ticks);
}

internal sealed record Latencies(TimeSpan P50, TimeSpan P99, TimeSpan Max, TimeSpan Spent, long Events, double BytesPerFrame, int Frames)
{
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"p50 {P50.TotalMicroseconds:0.00} us, p99 {P99.TotalMicroseconds:0.00} us, max {Max.TotalMicroseconds:0} us; {Events:N0} events in {Frames:N0} frames" +
        $" ({(Events == 0 ? 0 : Spent.TotalMicroseconds / Events):0.00} us per event); {BytesPerFrame:0.0} bytes per frame");
}
