using CryptoScreener.Calculation;
using CryptoScreener.Contracts.Candles;

namespace CryptoScreener.UnitTests.Calculation;

public class AllocationTests
{
    [Fact]
    public void Nothing_is_allocated_after_construction()
    {
        var plan = CalculationPlan.Create();
        var tape = Tape.Random(1, 900);
        var state = new InstrumentState(plan);
        var values = new double[plan.Catalogue.Count];
        Run(state, tape.AsSpan(0, 500), values);

        var before = GC.GetAllocatedBytesForCurrentThread();
        Run(state, tape.AsSpan(500), values);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static void Run(InstrumentState state, ReadOnlySpan<Candle> tape, double[] values)
    {
        foreach (ref readonly var candle in tape)
        {
            state.Merge(in candle);
            state.WriteLiveFrame(values);
            state.Commit(in candle, CandleSource.Exchange);
            state.WriteClosedFrame(values);
        }
    }
}
