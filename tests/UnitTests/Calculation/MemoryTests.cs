using CryptoScreener.Calculation;
using CryptoScreener.Contracts.Candles;

namespace CryptoScreener.UnitTests.Calculation;

public class MemoryTests
{
    /// <summary>The goal. What is left of the floor, 160 KB, belongs to the service around it.</summary>
    private const long Budget = 100 * 1024;

    [Fact]
    public void One_instrument_with_everything_stays_within_its_budget()
    {
        var plan = CalculationPlan.Create();
        var tape = Array.ConvertAll(Tape.Random(81, 3000), Decimal);
        _ = Feed(plan, tape); // so that nothing is counted that happens once
        var before = GC.GetAllocatedBytesForCurrentThread();
        var state = Feed(plan, tape);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, Budget);
        Assert.Equal(1440, state.Closed("history"));
    }

    private static InstrumentState Feed(CalculationPlan plan, Candle[] tape)
    {
        var state = new InstrumentState(plan);
        foreach (ref readonly var candle in tape.AsSpan()) state.Commit(in candle, CandleSource.Exchange);
        return state;
    }

    /// <summary>Prices and volumes as exchanges write them.</summary>
    private static Candle Decimal(Candle c) => c with
    {
        Open = Math.Round(c.Open, 2),
        High = Math.Round(c.High, 2),
        Low = Math.Round(c.Low, 2),
        Close = Math.Round(c.Close, 2),
        Volume = Math.Round(c.Volume, 3),
        QuoteVolume = Math.Round(c.QuoteVolume, 5),
        TakerBuyVolume = Math.Round(c.TakerBuyVolume, 3),
    };
}
