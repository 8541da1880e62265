using CryptoScreener.Calculation;
using CryptoScreener.Contracts.Catalogue;

namespace CryptoScreener.MetricsCalculator.Planning;

/// <summary>
/// What is calculated: the built-in plan, and behind it what is demanded. A new plan moves no column of the built-in one, so
/// whatever reads only those (ranks, the benchmark) reads frames of either.
/// </summary>
internal sealed class PlanBook(CalculationPlan builtIn)
{
    private readonly TaskCompletionSource _known = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile CalculationPlan _current = builtIn;

    public CalculationPlan BuiltIn { get; } = builtIn;

    public CalculationPlan Current => _current;

    /// <summary>Completes when the demands were read once: states that were stored belong to a plan with them.</summary>
    public Task Known => _known.Task;

    public void Become(CalculationPlan plan)
    {
        _current = plan;
        _known.TrySetResult();
    }

    /// <summary>The current plan if it has all of these already; otherwise one that has. What cannot be calculated is passed to the caller.</summary>
    public CalculationPlan With(IEnumerable<string> names, Action<string, string> refused)
    {
        var demands = new List<MetricDemand>();
        var plan = BuiltIn;
        foreach (var name in names)
        {
            try
            {
                if (!MetricDemand.TryParse(name, out var demand, out var objection)) refused(name, objection!);
                else plan = CalculationPlan.Create(BuiltIn.Timeframes, [.. demands, demand!]);
                if (demand is not null) demands.Add(demand);
            }
            catch (ArgumentException e)
            {
                refused(name, e.Message); // no bars of its timeframe, a window longer than what is kept, too many
            }
        }

        return plan.Catalogue.Hash == _current.Catalogue.Hash ? _current : plan;
    }

    /// <summary>Whether frames of this catalogue begin with the built-in columns.</summary>
    public bool IsExtended(MetricCatalogue catalogue)
    {
        if (catalogue.Count < BuiltIn.Catalogue.Count) return false;
        for (var i = 0; i < BuiltIn.Catalogue.Count; i++)
            if (catalogue.Metrics[i].Name != BuiltIn.Catalogue.Metrics[i].Name) return false;
        return true;
    }
}
