using CryptoScreener.Contracts.Rules;
using CryptoScreener.UnitTests.Rules;

namespace CryptoScreener.UnitTests.AlertEngine;

public sealed class RestoredStatesTests
{
    private static readonly RuleDefinition Above = RuleTexts.Definition("price > 100");

    [Fact]
    public void What_was_restored_is_saved_again_also_before_the_instruments_first_frame()
    {
        var first = new TestEvaluator(Above);
        first.Closed(1, 101);
        var second = new TestEvaluator(Above);
        second.Partition.Restore(first.Partition.Save());

        var third = new TestEvaluator(Above);
        third.Partition.Restore(second.Partition.Save());

        Assert.Empty(third.Live(2, 101));
    }
}
