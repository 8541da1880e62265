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
    [InlineData("trades(15m)", "base_volume(1h)", "low(5m)")]
    [InlineData("taker_share(15m)", "roc(1h)", "open(4h)")]
    public void Metrics_that_are_wanted_equal_those_of_the_full_plan_through_holes(params string[] wanted)
    {
        Assert.All(wanted, name => Assert.True(Full.Catalogue.ColumnOf(name) >= 0, name));
        var plan = CalculationPlan.Create(Timeframe.Default, [], wanted.ToHashSet());
        var (full, some) = (new InstrumentState(Full), new InstrumentState(plan));
        var (expected, actual) = (new double[Full.Catalogue.Count], new double[plan.Catalogue.Count]);
        var random = new Random(11);
        var known = 0;
        foreach (var candle in Tape.Random(5, 4_000))
        {
            if (random.Next(400) == 0) continue;
            full.Commit(candle, CandleSource.Exchange);
            some.Commit(Only(plan.Needs, candle), CandleSource.Exchange);
            full.WriteClosedFrame(expected);
            some.WriteClosedFrame(actual);
            foreach (var name in wanted)
            {
                var (wanting, value) = (expected[Full.Catalogue.ColumnOf(name)], actual[plan.Catalogue.ColumnOf(name)]);
                Assert.Equal(BitConverter.DoubleToInt64Bits(wanting), BitConverter.DoubleToInt64Bits(value));
                if (double.IsFinite(value)) known++;
            }
        }

        Assert.True(known > 1_000);
    }

    [Fact]
    public void What_nobody_wants_has_no_column_and_needs_nothing_of_a_candle()
    {
        var plan = CalculationPlan.Create(Timeframe.Default, [], new HashSet<string> { "change(5m)" });
        Assert.All(["rsi(14,1m)", "change(1d)", "fib_r1(1d)", "rank_change(5m)", "correlation(60,1h)"], name => Assert.Equal(-1, plan.Catalogue.ColumnOf(name)));
        Assert.Equal(CandleParts.Close, plan.Needs);
        Assert.Equal(CandleParts.All, Full.Needs);

        var state = new InstrumentState(plan);
        foreach (var candle in Tape.Random(5, 100)) state.Commit(Only(plan.Needs, candle), CandleSource.Exchange);
        var frame = new double[plan.Catalogue.Count];
        Assert.True(state.WriteClosedFrame(frame));
        Assert.False(double.IsNaN(frame[plan.Catalogue.ColumnOf("change(5m)")]));
        Assert.True(double.IsNaN(frame[plan.Catalogue.ColumnOf("volume(5m)")]));
        Assert.True(double.IsNaN(frame[plan.Catalogue.ColumnOf("high(5m)")]));
    }

    /// <summary>The candle as a packed read gives it.</summary>
    private static Candle Only(CandleParts fields, in Candle c) => new(
        c.OpenTime,
        fields.HasFlag(CandleParts.Open) ? c.Open : c.Close,
        fields.HasFlag(CandleParts.High) ? c.High : c.Close,
        fields.HasFlag(CandleParts.Low) ? c.Low : c.Close,
        c.Close,
        fields.HasFlag(CandleParts.Volume) ? c.Volume : double.NaN,
        fields.HasFlag(CandleParts.QuoteVolume) ? c.QuoteVolume : double.NaN,
        fields.HasFlag(CandleParts.Trades) ? c.Trades : Candle.UnknownTrades,
        fields.HasFlag(CandleParts.TakerBuyVolume) ? c.TakerBuyVolume : double.NaN,
        fields.HasFlag(CandleParts.TakerBuyQuoteVolume) ? c.TakerBuyQuoteVolume : double.NaN);
}
