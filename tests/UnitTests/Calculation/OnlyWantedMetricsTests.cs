using CryptoScreener.Calculation;
using CryptoScreener.Contracts.Candles;

namespace CryptoScreener.UnitTests.Calculation;

/// <summary>A replay calculates only what its rules look at: the numbers must be those of the full calculation, bit for bit.</summary>
public sealed class OnlyWantedMetricsTests
{
    private static readonly CalculationPlan Full = CalculationPlan.Create();

    [Theory]
    [InlineData("change(5m)", "volume(15m)")]
    [InlineData("rsi(14,5m)", "ema(21,15m)")]
    [InlineData("history", "fib_r1(1d)")]
    [InlineData("volume_ratio(1h)", "macd(12,26,9,5m)", "price")]
    [InlineData("supertrend(10,3,1m)", "robust_zscore_volume(50,1m)", "range(4h)")]
    public void Metrics_that_are_wanted_equal_those_of_the_full_plan_through_holes(params string[] wanted)
    {
        Assert.All(wanted, name => Assert.True(Full.Catalogue.ColumnOf(name) >= 0, name));
        var plan = CalculationPlan.Create(Timeframe.Default, [], wanted.ToHashSet());
        Assert.Equal(Full.Catalogue.Hash, plan.Catalogue.Hash);
        var (full, some) = (new InstrumentState(Full), new InstrumentState(plan));
        var (expected, actual) = (new double[Full.Catalogue.Count], new double[Full.Catalogue.Count]);
        Array.Fill(actual, double.NaN);
        var random = new Random(11);
        var known = 0;
        foreach (var candle in Tape.Random(5, 4_000))
        {
            if (random.Next(400) == 0) continue;
            full.Commit(candle, CandleSource.Exchange);
            some.Commit(candle, CandleSource.Exchange);
            full.WriteClosedFrame(expected);
            some.WriteClosedFrame(actual);
            foreach (var name in wanted)
            {
                var column = Full.Catalogue.ColumnOf(name);
                Assert.Equal(BitConverter.DoubleToInt64Bits(expected[column]), BitConverter.DoubleToInt64Bits(actual[column]));
                if (double.IsFinite(actual[column])) known++;
            }
        }

        Assert.True(known > 1_000);
    }

    [Fact]
    public void What_nobody_wants_is_not_written()
    {
        var state = new InstrumentState(CalculationPlan.Create(Timeframe.Default, [], new HashSet<string> { "change(5m)" }));
        foreach (var candle in Tape.Random(5, 100)) state.Commit(candle, CandleSource.Exchange);
        var frame = new double[Full.Catalogue.Count];
        Array.Fill(frame, -1);
        state.WriteClosedFrame(frame);
        Assert.NotEqual(-1, frame[Full.Catalogue.ColumnOf("change(5m)")]);
        Assert.All(["rsi(14,1m)", "change(1d)", "fib_r1(1d)", "history"], name => Assert.Equal(-1, frame[Full.Catalogue.ColumnOf(name)]));
    }
}
