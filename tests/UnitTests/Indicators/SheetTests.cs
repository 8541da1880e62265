using CryptoScreener.Contracts.Candles;
using CryptoScreener.Indicators;

namespace CryptoScreener.UnitTests.Indicators;

/// <summary>What no library offers, worked out by hand in sheets/.</summary>
public class SheetTests
{
    [Theory]
    [InlineData("zscore_volume", 3)]
    [InlineData("zscore_return", 3)]
    [InlineData("robust_zscore_volume", 5)]
    [InlineData("robust_zscore_return", 5)]
    public void Scores_agree_with_the_sheet(string function, int period)
    {
        var sheet = CsvTable.Read("sheets", $"{function}.csv");
        var ofVolume = sheet.Columns.Contains("volume");
        var bars = Bars(sheet[ofVolume ? "volume" : "close"], (i, x) =>
            ofVolume ? Candle.Flat(i, 1) with { QuoteVolume = x } : Candle.Flat(i, x));
        Same(sheet["score"], IndicatorRegistry.Find(function)!.Create([period]).Batch(bars.Bars)[0]);
    }

    [Fact]
    public void Vcp_agrees_with_the_sheet()
    {
        var sheet = CsvTable.Read("sheets", "vcp.csv");
        var bars = Bars(sheet["open"], (i, open) => new Candle(i, open, sheet["high"][i], sheet["low"][i], sheet["close"][i], 1, 1));
        Same(sheet["vcp"], IndicatorRegistry.Find("vcp")!.Create([]).Batch(bars.Bars)[0]);
    }

    [Fact]
    public void Distances_agree_with_the_sheet()
    {
        var sheet = CsvTable.Read("sheets", "distance.csv");
        var bars = Bars(sheet["close"], (i, close) => new Candle(i, close, sheet["high"][i], sheet["low"][i], close, 1, 1));
        var values = IndicatorRegistry.Find("high_distance")!.Create([3]).Batch(bars.Bars);
        Same(sheet["high_distance"], values[0]);
        Same(sheet["low_distance"], values[1]);
    }

    [Fact]
    public void Fibonacci_pivots_agree_with_the_sheet()
    {
        var sheet = CsvTable.Read("sheets", "fibonacci.csv");
        var levels = new double[FibonacciKernel.Outputs.Count];
        for (var row = 0; row < sheet["high"].Length; row++)
        {
            FibonacciKernel.Levels(sheet["high"][row], sheet["low"][row], sheet["close"][row], levels);
            Same([.. FibonacciKernel.Outputs.Select(o => sheet[o.Function][row])], levels);
        }
    }

    [Fact]
    public void Correlation_and_beta_agree_with_the_sheet()
    {
        var sheet = CsvTable.Read("sheets", "correlation.csv");
        var (correlation, beta) = CorrelationKernel.OfCloses(sheet["close"], sheet["benchmark"]);
        Same([0.9898030839149453, 260.0 / 138], [correlation, beta]);
    }

    [Fact]
    public void Correlation_is_null_where_it_means_nothing()
    {
        Assert.True(double.IsNaN(CorrelationKernel.OfCloses([1, 2, 3], [5, 5, 5]).Correlation));
        Assert.True(double.IsNaN(CorrelationKernel.OfCloses([1, double.NaN, 3], [4, 5, 6]).Beta));
        Assert.True(double.IsNaN(CorrelationKernel.OfCloses([1, 2], [4, 5]).Correlation));
        Assert.Equal(0, CorrelationKernel.OfCloses([5, 5, 5], [1, 2, 3]).Beta);
    }

    [Fact]
    public void Ranks_agree_with_the_sheet()
    {
        var sheet = CsvTable.Read("sheets", "ranks.csv");
        var values = sheet["value"];
        var percentiles = new double[values.Length];
        RankKernel.Percentiles(values, percentiles, new double[values.Length], new int[values.Length]);
        Same(sheet["percentile"], percentiles);
        RankKernel.Percentiles([4], percentiles.AsSpan(0, 1), new double[1], new int[1]);
        Assert.Equal(50, percentiles[0]);
    }

    private static BarTable Bars(double[] rows, Func<int, double, Candle> candle) => new([.. rows.Select((x, i) => candle(i, x))]);

    private static void Same(double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            var allowed = (1e-9 * Math.Abs(expected[i])) + 1e-14;
            var same = double.IsNaN(expected[i]) ? double.IsNaN(actual[i]) : Math.Abs(expected[i] - actual[i]) <= allowed;
            Assert.True(same, $"row {i}: the sheet has {expected[i]:R}, ours is {actual[i]:R}");
        }
    }
}
