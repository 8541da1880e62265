using System.Globalization;
using CryptoScreener.Benchmarks.Micro;

namespace CryptoScreener.UnitTests.Budgets;

/// <summary><c>tests/Benchmarks/budgets.json</c>: allocations exactly; times are for <c>make bench</c>, because here they would depend on the neighbours.</summary>
[Collection(RunsAlone.Name)]
public sealed class BudgetTests
{
    private static readonly Lazy<List<MicroBenchmark>> All = new(() => [.. MicroBenchmarks.All()]);

    [Fact]
    public void Every_micro_benchmark_allocates_exactly_what_its_budget_says()
    {
        var budgets = Benchmarks.Micro.Budgets.Read();
        var wrong = new List<string>();
        foreach (var benchmark in All.Value)
        {
            if (budgets.Of(benchmark) is not { } budget) wrong.Add($"{benchmark.Name} has no budget: add it to tests/Benchmarks/budgets.json");
            else if (Allocations.Of(benchmark, budget.AllocatedBytes + budget.CompilerMayMove) is var allocated && !budget.Allows(allocated))
                wrong.Add(string.Create(CultureInfo.InvariantCulture, $"{benchmark.Name} allocates {allocated} bytes an operation, its budget says {budget.AllocatedBytes}"));
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public void Every_budget_is_of_a_benchmark_and_every_baseline_is_one()
    {
        var budgets = Benchmarks.Micro.Budgets.Read();
        var names = All.Value.SelectMany(benchmark => new[] { benchmark.Name, benchmark.Family }).ToHashSet();
        Assert.Empty(budgets.Names.Except(names));
        Assert.Empty(All.Value.Select(benchmark => budgets.Of(benchmark)?.Baseline ?? Benchmarks.Micro.Budgets.Yardstick).Except(All.Value.Select(benchmark => benchmark.Name)));
    }

    [Fact]
    public void Who_allocates_more_or_less_than_expected_is_found_out()
    {
        object kept = "";
        Assert.Equal(0, Allocations.Of(new MicroBenchmark("none", "none", 1, _ => { }), expected: 0));
        var one = new MicroBenchmark("one", "one", 1, times =>
        {
            for (var i = 0; i < times; i++) kept = new byte[100];
        });
        Assert.Equal(128, Allocations.Of(one, expected: 128));
        GC.KeepAlive(kept);
    }
}
