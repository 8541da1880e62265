using CryptoScreener.Contracts.Candles;
using CryptoScreener.Contracts.Catalogue;

namespace CryptoScreener.UnitTests.Rules;

/// <summary>A catalogue of the same shape as the calculators'.</summary>
internal static class TestCatalogue
{
    private static readonly (string Name, string Unit)[] Windows =
    [
        ("change", "percent"), ("roc", "percent"), ("volume", "quote"), ("base_volume", "base"), ("open", "price"), ("high", "price"),
        ("low", "price"), ("close", "price"), ("trades", "count"), ("taker_share", "ratio"), ("volume_ratio", "ratio"), ("range", "percent"),
    ];

    public static readonly MetricCatalogue Full = new(All());

    public static double[] Frame(params (string Name, double Value)[] values)
    {
        var frame = new double[Full.Count];
        Array.Fill(frame, double.NaN);
        foreach (var (name, value) in values) frame[ColumnOf(name)] = value;
        return frame;
    }

    public static int ColumnOf(string name)
    {
        var column = Full.ColumnOf(name);
        Assert.True(column >= 0, $"the test catalogue has no {name}");
        return column;
    }

    private static IEnumerable<MetricDefinition> All()
    {
        yield return Metric("price", "price");
        foreach (var timeframe in Timeframe.Default)
        {
            var bar = timeframe.ToString();
            foreach (var (name, unit) in Windows) yield return Metric(name, unit, bar);
            yield return Metric("rsi", "score", "14", bar);
            yield return Metric("ema", "price", "9", bar);
            yield return Metric("ema", "price", "21", bar);
            yield return Metric("macd", "price", "12", "26", "9", bar);
            yield return Metric("bb_upper", "price", "20", "2", bar);
            yield return Metric("bb_lower", "price", "20", "2", bar);
            yield return Metric("natr", "percent", "14", bar);
            yield return Metric("zscore_volume", "score", "20", bar);
            yield return Metric("robust_zscore_return", "score", "50", bar);
            yield return Metric("correlation", "ratio", "60", bar);
            yield return Metric("rank_change", "rank", bar);
        }
    }

    private static MetricDefinition Metric(string function, string unit, params string[] arguments) =>
        new(MetricDefinition.NameOf(function, arguments), function, arguments, unit, $"The {function}.", 1);
}
