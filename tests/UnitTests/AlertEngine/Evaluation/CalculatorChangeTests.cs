using CryptoScreener.UnitTests.Rules;

namespace CryptoScreener.UnitTests.AlertEngine.Evaluation;

/// <summary>While one calculator takes over from another, frames of both come.</summary>
public sealed class CalculatorChangeTests
{
    private readonly TestEvaluator _evaluator = new(RuleTexts.Above);

    [Fact]
    public void A_frame_of_a_deposed_calculator_is_passed_over()
    {
        _evaluator.Live(1, 99, epoch: 2);
        Assert.Empty(_evaluator.Live(2, 101, epoch: 1));
        Assert.Single(_evaluator.Live(2, 101, epoch: 2));
    }

    [Fact]
    public void The_streams_only_frame_of_a_minute_counts_whichever_of_two_calculators_said_it_first()
    {
        _evaluator.Closed(1, 99, epoch: 2);
        Assert.Single(_evaluator.Closed(2, 101, epoch: 1));
        Assert.Empty(_evaluator.Closed(2, 99, epoch: 2));
    }

    [Fact]
    public void A_former_calculators_closed_frame_counts_though_its_successor_is_heard_already()
    {
        _evaluator.Live(2, 99, epoch: 2);
        Assert.Single(_evaluator.Closed(2, 101, epoch: 1));
    }
}
