using System.Globalization;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.Indicators;

namespace CryptoScreener.UnitTests.Indicators;

/// <summary>Two libraries that share nothing with ours (oracle/README.md) say the same, cell by cell.</summary>
public class OracleTests
{
    private const double Tolerance = 1e-9;
    private static readonly BarTable Bars = ReadBars();

    public static TheoryData<string, string> Cases()
    {
        var cases = new TheoryData<string, string>();
        foreach (var file in (string[])["technicalindicators.csv", "trading-signals.csv"])
            foreach (var column in CsvTable.Read("oracle", file).Columns)
                cases.Add(file, column);
        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Batch_agrees_with_the_library(string file, string column)
    {
        var expected = CsvTable.Read("oracle", file)[column];
        var actual = Batch(column.Split(' '));
        var scale = expected.Where(v => !double.IsNaN(v)).Max(Math.Abs);
        var compared = 0;
        for (var i = 0; i < expected.Length; i++)
        {
            if (double.IsNaN(expected[i])) continue;
            // Where a value is a difference of larger ones (MACD, CCI near zero) the digits lost are those of the larger.
            var allowed = Tolerance * Math.Max(Math.Abs(expected[i]), scale * 1e-3);
            Assert.True(Math.Abs(expected[i] - actual[i]) <= allowed, $"{column} at bar {i}: {file} has {expected[i]:R}, ours is {actual[i]:R}");
            compared++;
        }

        Assert.True(compared >= 150, $"only {compared} cells to compare");
    }

    private static double[] Batch(string[] column)
    {
        var entry = IndicatorRegistry.Find(column[0]) ?? throw new InvalidOperationException($"no indicator has an output {column[0]}");
        double[] arguments = [.. column[1..].Select(a => double.Parse(a, CultureInfo.InvariantCulture))];
        Assert.Null(entry.Objection(arguments));
        var output = entry.Outputs.Select(o => o.Function).ToList().IndexOf(column[0]);
        return entry.Create(arguments).Batch(Bars.Bars)[output];
    }

    private static BarTable ReadBars()
    {
        var csv = CsvTable.Read("oracle", "bars.csv");
        return new BarTable([.. csv["open_time"].Select((time, i) => new Candle(
            (long)time, csv["open"][i], csv["high"][i], csv["low"][i], csv["close"][i], csv["volume"][i], csv["quote_volume"][i]))]);
    }
}
