using CryptoScreener.Contracts.Candles;
using CryptoScreener.Indicators;

namespace CryptoScreener.UnitTests.Indicators;

public class RegistryTests
{
    [Fact]
    public void Every_output_has_one_name_a_unit_and_a_meaning()
    {
        var outputs = IndicatorRegistry.All.SelectMany(e => e.Outputs).ToArray();
        Assert.Equal(outputs.Length, outputs.Select(o => o.Function).Distinct().Count());
        Assert.All(outputs, o => Assert.Matches("^[a-z][a-z_]*$", o.Function));
        Assert.All(outputs, o => Assert.Contains(o.Unit, (string[])["percent", "quote", "base", "price", "ratio", "count", "score", "none"]));
        Assert.All(outputs, o => Assert.NotEmpty(o.Meaning));
        Assert.All(IndicatorRegistry.All, e => Assert.Equal(e.Outputs.Count, e.Create(e.Defaults).Outputs));
        Assert.All(IndicatorRegistry.All, e => Assert.Null(e.Objection(e.Defaults)));
    }

    [Fact]
    public void Metrics_are_named_with_parameters_and_timeframe()
    {
        var bands = IndicatorRegistry.Find("bb_upper")!.MetricsOf([20, 2.5], new Timeframe(60)).ToArray();
        Assert.Equal("bb_upper(20,2.5,1h)", bands[0].Name);
        Assert.Equal("bb_percent(20,2.5,1h)", bands[4].Name);
        Assert.Equal(20 * 60, bands[0].WarmUpMinutes);
        Assert.Equal("obv(5m)", IndicatorRegistry.Find("obv")!.MetricsOf([], new Timeframe(5)).Single().Name);
        var score = IndicatorRegistry.Find("zscore_volume")!.MetricsOf([20], new(5)).Single();
        Assert.Contains("null when the volume before never varied", score.Meaning, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rsi", new double[] { 1 }, "between 2 and 500")]
    [InlineData("rsi", new double[] { 7.5 }, "whole number")]
    [InlineData("rsi", new double[] { double.NaN }, "between 2 and 500")]
    [InlineData("macd", new double[] { 12, 26 }, "takes 3 parameters (fast, slow, signal)")]
    public void Parameters_out_of_range_are_refused_with_the_range(string function, double[] arguments, string advice) =>
        Assert.Contains(advice, IndicatorRegistry.Find(function)!.Objection(arguments), StringComparison.Ordinal);

    [Fact]
    public void An_unknown_output_is_not_found() => Assert.Null(IndicatorRegistry.Find("rsi_upper"));
}
