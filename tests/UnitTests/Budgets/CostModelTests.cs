using CryptoScreener.Benchmarks.WholeSystem.Load;

namespace CryptoScreener.UnitTests.Budgets;

public sealed class CostModelTests
{
    [Fact]
    public void A_line_goes_through_points_that_lie_on_one_and_between_those_that_do_not()
    {
        IsLine(150, 0.25, CostLine.Through([(100, 175), (800, 350), (1_000, 400)]));
        IsLine(2, 1, CostLine.Through([(0, 1), (0, 3), (2, 3), (2, 5)]));
    }

    [Fact]
    public void The_table_tells_what_a_process_costs_by_itself_and_by_update_and_instrument()
    {
        MeasuredSize Size(int instruments, double updates) =>
            new(instruments, updates, [.. Enumerable.Range(1, 5).Select(i => 0.04 + (updates * i * 10e-6))], [.. Enumerable.Range(1, 5).Select(i => 150 + (instruments * i * 0.1))]);

        var table = CostModel.TableOf([Size(10, 40), Size(800, 3_200)]);

        Assert.Contains("| data-collector | 0.04 + 10 µs × U | 150 + 0.10 × I |", table, StringComparison.Ordinal);
        Assert.Contains("| servers | 0.04 + 50 µs × U | 150 + 0.50 × I |", table, StringComparison.Ordinal);
        Assert.Equal("", CostModel.TableOf([Size(10, 40)]));
    }

    private static void IsLine(double whole, double perUnit, CostLine line)
    {
        Assert.Equal(whole, line.Fixed, precision: 9);
        Assert.Equal(perUnit, line.PerUnit, precision: 9);
    }
}
