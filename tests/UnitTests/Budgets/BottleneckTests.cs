using CryptoScreener.Benchmarks.WholeSystem.Load;

namespace CryptoScreener.UnitTests.Budgets;

public sealed class BottleneckTests
{
    [Theory]
    [InlineData(100, 95, 95, 5, 5, null)]
    [InlineData(100, 60, 60, 5, 5, "exchange-simulator or data-collector")]
    [InlineData(100, 95, 95, 5, 3_000, "alert-engine")]
    [InlineData(100, 95, 95, 2_000, 3_000, "metrics-calculator")]
    [InlineData(100, 95, 80, 5, 5, "metrics-calculator")]
    public void The_first_stage_that_is_late_is_named(double offered, double received, double calculated, double calculateMs, double evaluateMs, string? expected)
    {
        Stage[] stages =
        [
            new("collector → frame calculated", "metrics-calculator", [calculateMs, calculateMs]),
            new("frame calculated → alert found", "alert-engine", [evaluateMs, evaluateMs]),
        ];
        Assert.Equal(expected, Bottleneck.Of(offered, received, calculated, stages));
    }

    [Fact]
    public void A_stage_that_lets_nothing_through_does_not_keep_up() => Assert.Equal("alert-engine", Bottleneck.Of(100, 95, 95, [new("frame calculated → alert found", "alert-engine", [])]));
}
