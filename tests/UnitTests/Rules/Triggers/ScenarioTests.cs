using CryptoScreener.Contracts.Rules;
using CryptoScreener.Rules;
using CryptoScreener.Rules.Compilation;
using CryptoScreener.Rules.Triggers;
using CryptoScreener.Testing;

namespace CryptoScreener.UnitTests.Rules.Triggers;

public sealed class ScenarioTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "UnitTests", "Rules", "scenarios");

    public static TheoryData<string, string> Names
    {
        get
        {
            var names = new TheoryData<string, string>();
            foreach (var file in Directory.EnumerateFiles(Folder, "*.json").Order(StringComparer.Ordinal))
                foreach (var scenario in Scenario.In(file)) names.Add(Path.GetFileName(file), scenario.Name);
            return names;
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_series_gives_the_transitions_that_its_file_says(string file, string name)
    {
        var scenario = Scenario.In(Path.Combine(Folder, file)).Single(s => s.Name == name);
        var rule = RuleTexts.Compile(RuleTexts.Definition(scenario.Expression, scenario.Options));
        var (state, frame) = (default(TriggerState), TestCatalogue.Frame());
        double[] previous = [];
        foreach (var step in scenario.Steps)
        {
            if (!step.Idle) frame = TestCatalogue.Frame(("price", step.Price ?? double.NaN));
            var outcome = Run(ref state, rule, step, rule.Evaluate(frame, previous));
            if (step.Closes) previous = frame;
            Assert.Equal((step.At, step.Fires, step.Resolves), (step.At, Fired(rule.Trigger, outcome), Resolved(rule.Trigger, outcome)));
            if (step.Phase is { } phase) Assert.Equal((step.At, phase), (step.At, state.Phase));
        }
    }

    private static TriggerOutcome Run(ref TriggerState state, CompiledRule rule, ScenarioStep step, Truth truth)
    {
        if (step.Baseline)
        {
            TriggerMachine.Baseline(ref state, rule.Trigger, truth, step.Moment);
            return TriggerOutcome.None;
        }

        // An idle step is what a timer does: nothing may happen before the machine said it would.
        if (step.Idle && TriggerMachine.DueAt(in state, rule.Trigger, step.Moment.Time - 1) > step.Moment.Time) return TriggerOutcome.None;
        return TriggerMachine.Next(ref state, rule.Trigger, truth, step.Moment);
    }

    private static string? Fired(TriggerPlan plan, TriggerOutcome outcome) => outcome.Fires ? Readable(plan, outcome.FiredKey) : null;

    private static string? Resolved(TriggerPlan plan, TriggerOutcome outcome) => outcome.Resolves ? Readable(plan, outcome.ResolvedKey) : null;

    private static string Readable(TriggerPlan plan, long key) => plan.Mode switch
    {
        TriggerMode.Once => "once",
        _ => Scenario.TextOf(key),
    };
}
