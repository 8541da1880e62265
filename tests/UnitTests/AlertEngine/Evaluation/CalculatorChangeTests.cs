using CryptoScreener.Contracts.Rules;
using CryptoScreener.UnitTests.Rules;

namespace CryptoScreener.UnitTests.AlertEngine.Evaluation;

/// <summary>While one calculator takes over from another, frames of both come.</summary>
public sealed class CalculatorChangeTests
{
    private static readonly RuleDefinition Above = RuleTexts.Definition("price > 100");

    [Fact]
    public void A_frame_of_a_deposed_calculator_is_passed_over()
    {
        var evaluator = new TestEvaluator(Above);
        evaluator.Live(1, 99, epoch: 2);
        Assert.Empty(evaluator.Live(2, 101, epoch: 1));
        Assert.Single(evaluator.Live(2, 101, epoch: 2));
    }

    [Fact]
    public void The_streams_only_frame_of_a_minute_counts_whichever_of_two_calculators_said_it_first()
    {
        var evaluator = new TestEvaluator(Above);
        evaluator.Closed(1, 99, epoch: 2);
        Assert.Single(evaluator.Closed(2, 101, epoch: 1));
        Assert.Empty(evaluator.Closed(2, 99, epoch: 2));
    }

    [Fact]
    public void A_former_calculators_closed_frame_counts_though_its_successor_is_heard_already()
    {
        var evaluator = new TestEvaluator(Above);
        evaluator.Live(2, 99, epoch: 2);
        Assert.Single(evaluator.Closed(2, 101, epoch: 1));
    }
}
