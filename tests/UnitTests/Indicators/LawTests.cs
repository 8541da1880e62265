using CryptoScreener.Contracts.Candles;
using CryptoScreener.Indicators;

namespace CryptoScreener.UnitTests.Indicators;

/// <summary>What holds for any series.</summary>
public class LawTests
{
    private const int Bars = 300;
    private static readonly string[] Percents = ["rsi", "stoch_k", "stoch_d", "stochrsi_k", "stochrsi_d", "mfi", "adx", "plus_di", "minus_di"];
    private static readonly string[] UnmovedByShift =
        ["rsi", "stoch_k", "stoch_d", "stochrsi_k", "willr", "macd", "atr", "adx", "cci", "supertrend_direction"];

    private static readonly string[] MovedWithShift =
        ["sma", "ema", "wma", "bb_upper", "donchian_upper", "donchian_lower", "keltner_middle", "ichimoku_base"];

    private static readonly string[] AtThePrice =
        ["ema", "bb_upper", "bb_lower", "donchian_upper", "keltner_lower", "supertrend", "ichimoku_span_b", "vwap"];


    private static readonly (double Value, string[] Functions)[] Neutral =
    [
        (50, ["rsi", "stoch_k", "stoch_d", "stochrsi_k", "stochrsi_d", "mfi"]),
        (-50, ["willr"]),
        (0.5, ["bb_percent"]),
        (0, ["cci", "adx", "plus_di", "minus_di", "atr", "natr", "bb_width", "roc", "obv", "vcp"]),
        (0, ["zscore_volume", "zscore_return", "robust_zscore_volume", "robust_zscore_return", "high_distance", "low_distance"]),
    ];

    public static TheoryData<string> All => Variants.Names();

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 20).Select(i => i * 7919)];

    [Theory]
    [MemberData(nameof(All))]
    public void Doubling_every_price_doubles_what_is_a_price_and_leaves_the_rest(string variant)
    {
        var (entry, indicator) = Variants.Of(variant);
        var tape = Variants.Lively(4, Bars);
        var doubled = Array.ConvertAll(tape, c => Prices(c, p => 2 * p));
        var (before, after) = (indicator.Batch(new BarTable(tape).Bars), indicator.Batch(new BarTable(doubled).Bars));
        for (var output = 0; output < before.Length; output++)
        {
            var factor = entry.Outputs[output].Unit == "price" ? 2 : 1;
            Assert.Equal(before[output].Select(v => v * factor), after[output]); // a power of two: exact
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Adding_to_every_price_moves_averages_along_and_oscillators_not_at_all(int seed)
    {
        const double Shift = 64;
        var tape = Variants.Lively(seed, Bars);
        var shifted = Array.ConvertAll(tape, c => Prices(c, p => p + Shift));
        foreach (var function in UnmovedByShift) Near(Values(function, tape), Values(function, shifted), 0, $"{function}, seed {seed}");
        foreach (var function in MovedWithShift) Near(Values(function, tape), Values(function, shifted), Shift, $"{function}, seed {seed}");
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Values_stay_within_their_bounds(int seed)
    {
        var tape = Variants.Lively(seed, Bars);
        foreach (var function in Percents) Assert.All(Warm(Values(function, tape)), v => Assert.InRange(v, 0, 100.0000001));
        Assert.All(Warm(Values("willr", tape)), v => Assert.InRange(v, -100, 0));
        Assert.All(Warm(Values("high_distance", tape)), v => Assert.True(v <= 0));
        Assert.All(Warm(Values("low_distance", tape)), v => Assert.True(v >= 0));
        Assert.All(Warm(Values("supertrend_direction", tape)), v => Assert.True(v is 1 or -1));
        Assert.All(Warm(Values("vcp", tape)), v => Assert.InRange(v, -2, 2));
        foreach (var band in (string[])["bb", "donchian", "keltner"])
        {
            var (upper, middle, lower) = (Values($"{band}_upper", tape), Values($"{band}_middle", tape), Values($"{band}_lower", tape));
            for (var i = 100; i < Bars; i++) Assert.True(lower[i] <= middle[i] && middle[i] <= upper[i], $"{band} at {i}, seed {seed}");
        }
    }

    [Theory]
    [InlineData(1e-8)]
    [InlineData(0.1)]
    [InlineData(97.3)]
    [InlineData(1e8)]
    public void A_price_that_never_moves_is_neutral_everywhere(double price)
    {
        var tape = Enumerable.Range(0, Bars).Select(i => Candle.Flat(60_000L * i, price) with { Volume = 5, QuoteVolume = 5 * price }).ToArray();
        foreach (var (expected, functions) in Neutral)
            foreach (var function in functions)
                Assert.All(Warm(Values(function, tape)), v => Assert.Equal(expected, v));
        foreach (var function in AtThePrice)
            Assert.All(Warm(Values(function, tape)), v => Assert.Equal(price, v, price * 1e-12));
        Assert.All(Warm(Values("macd_histogram", tape)), v => Assert.Equal(0, v, price * 1e-12));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Tiny_and_huge_prices_give_finite_values(string variant)
    {
        var (_, indicator) = Variants.Of(variant);
        foreach (var price in (double[])[1e-8, 1e8])
            foreach (var output in indicator.Batch(new BarTable(Variants.Lively(12, Bars, price)).Bars))
                Assert.All(output[(indicator.WarmUp - 1)..], v => Assert.True(double.IsFinite(v), $"{variant} at {price}"));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Bars_without_trades_give_null_only_where_the_catalogue_says_so(string variant)
    {
        var (entry, indicator) = Variants.Of(variant);
        var tape = Variants.Lively(5, Bars);
        for (var i = 100; i < 250; i++) tape[i] = Candle.Flat(tape[i].OpenTime, tape[99].Close);
        foreach (var output in indicator.Batch(new BarTable(tape).Bars))
        {
            var warm = output[(indicator.WarmUp - 1)..];
            Assert.DoesNotContain(warm, double.IsInfinity);
            if (entry.NullRule.Length == 0) Assert.DoesNotContain(warm, double.IsNaN);
        }
    }

    private static Candle Prices(Candle c, Func<double, double> map) =>
        c with { Open = map(c.Open), High = map(c.High), Low = map(c.Low), Close = map(c.Close) };

    private static double[] Values(string function, Candle[] tape)
    {
        var entry = IndicatorRegistry.Find(function)!;
        var output = entry.Outputs.Select(o => o.Function).ToList().IndexOf(function);
        return entry.Create(entry.Defaults).Batch(new BarTable(tape).Bars)[output];
    }

    private static double[] Warm(double[] values)
    {
        var warm = values.SkipWhile(double.IsNaN).ToArray();
        Assert.NotEmpty(warm);
        return warm;
    }

    private static void Near(double[] values, double[] shifted, double shift, string what)
    {
        for (var i = 0; i < values.Length; i++)
        {
            Assert.Equal(double.IsNaN(values[i]), double.IsNaN(shifted[i]));
            if (double.IsNaN(values[i])) continue;
            var difference = Math.Abs(values[i] + shift - shifted[i]);
            Assert.True(difference <= 1e-7 * Math.Max(1, Math.Abs(values[i])), $"{what}, bar {i}: {values[i]:R} and {shifted[i]:R}");
        }
    }
}
