using System.Diagnostics.Metrics;
using CryptoScreener.MetricsCalculator;
using CryptoScreener.MetricsCalculator.Lanes;
using CryptoScreener.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace CryptoScreener.UnitTests.MetricsCalculator;

public sealed class FullLaneTests
{
    [Fact]
    public void A_forming_candle_for_which_there_is_no_room_is_left_out_and_counted()
    {
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var meters = services.GetRequiredService<IMeterFactory>();
        using var dropped = new MeteredSum(meters, "metrics_calculator_live_candles_dropped");
        var lane = new CalculationLane(null!, null!, null!, new CalculatorMetrics(meters), new CalculatorOptions(), new ManualTime());

        var offered = 0; // nobody runs the lane
        while (dropped.Value == 0 && offered < 1_000_000)
        {
            lane.Try(default);
            offered++;
        }

        Assert.Equal(1, dropped.Value);
        Assert.InRange(offered, 800, 999_999); // a minute's close fits
    }
}
