using System.Text.Json;
using CryptoScreener.Benchmarks.Report;

namespace CryptoScreener.UnitTests.Budgets;

public sealed class NumbersTableTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("screener-numbers-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_table_has_every_row_and_says_of_those_not_measured_in_this_run_how_to_measure_them()
    {
        Keep("storage", "now", Numbers.Query.Of("10 M rows", 4.2, new Baseline("raw", 2.1)));
        Keep("hosting", "now", Numbers.LogOff.Of("a call", double.NaN, new Baseline("nothing", 0)));
        Keep("rules", "before", Numbers.QuietFrame.Of("10 rules", 7));
        var lines = NumbersTable.Write(_folder, "now", ["page: no Chromium"]).Split(Environment.NewLine);
        Assert.All(Numbers.All, row => Assert.Contains(lines, line => line.StartsWith($"| {row.What} |", StringComparison.Ordinal)));
        Assert.Contains(lines, line => line.Contains("| 10 M rows | 100 | 5 | 4.2 ms | goal | 2 × raw |", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith($"| {Numbers.QuietFrame.What} |", StringComparison.Ordinal) && line.Contains("not measured in this run: `make bench only=rules`", StringComparison.Ordinal));
        Assert.Contains("- page: no Chromium", lines);
    }

    [Theory]
    [InlineData(5, "goal")]
    [InlineData(5.1, "floor")]
    [InlineData(100.1, "below floor")]
    public void A_figure_is_judged_by_floor_and_goal(double value, string verdict) => Assert.Equal(verdict, Numbers.Query.Of("", value).Verdict);

    [Theory]
    [InlineData(20, "within budget")]
    [InlineData(21, "over budget")]
    public void A_ratio_is_judged_by_its_bound(double value, string verdict) =>
        Assert.Equal(verdict, new Measured("", "", value, "ns") { Baseline = new("other", 10), MaxRatio = 2 }.Verdict);

    [Theory]
    [InlineData(5, false)]
    [InlineData(100, false)]
    [InlineData(101, true)]
    public void What_is_below_its_floor_fails_the_command(double value, bool isFailed) => Assert.Equal(isFailed, Numbers.Query.Of("", value).IsFailed);

    [Fact]
    public void What_is_only_below_its_goal_fails_nothing_and_a_ratio_over_its_bound_does()
    {
        Assert.False(Numbers.ManySockets.Of("", 80).IsFailed);
        Assert.True(new Measured("", "", 21, "ms") { Baseline = new("alone", 10), MaxRatio = 2 }.IsFailed);
    }

    private void Keep(string name, string run, Measured figure) =>
        File.WriteAllText(Path.Combine(_folder, $"{name}.json"), JsonSerializer.Serialize(new BenchDocument(run, "", "", [figure]), BenchDocument.Format));
}
