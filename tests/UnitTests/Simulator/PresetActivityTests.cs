using CryptoScreener.ExchangeSimulator.Markets;
using Xunit.Abstractions;

namespace CryptoScreener.UnitTests.Simulator;

/// <summary>The market must give the built-in alert rules something to find soon after the start, whenever that is.</summary>
public class PresetActivityTests(ITestOutputHelper output)
{
    private const int Minutes = 120;
    private const int Day = 1440;

    [Fact]
    public void Pioneer_and_five_minute_presets_fire_in_almost_every_two_minutes_with_fifty_instruments()
    {
        var market = Markets.At(Markets.Start, instruments: 50);
        var pioneer = new int[Minutes];
        var five = new int[Minutes];
        foreach (var listing in market.Listings)
        {
            var bars = market.Newest(listing, Interval.Minute, 0, Markets.Start.ToUnixTimeMilliseconds() - 1, Day + Minutes);
            var (wasPioneer, wasFive) = (true, true);
            for (var i = 0; i < Minutes; i++)
            {
                var window = new Windows(bars, Day + i);
                if (window.IsPioneerBull && !wasPioneer) pioneer[i]++;
                if (window.IsFiveBigBull && !wasFive) five[i]++;
                (wasPioneer, wasFive) = (window.IsPioneerBull, window.IsFiveBigBull);
            }
        }

        output.WriteLine($"firings in {Minutes} minutes: futures_pioneer_bull {pioneer.Sum()}, futures_5_big_bull {five.Sum()}");
        Assert.True(Share(pioneer) > 0.75, $"pioneer_bull fired in {Share(pioneer):P0} of the two-minute spans");
        Assert.True(Share(five) > 0.75, $"5_big_bull fired in {Share(five):P0} of the two-minute spans");

        static double Share(int[] firings) => Enumerable.Range(0, Minutes - 1).Count(i => firings[i] + firings[i + 1] > 0) / (Minutes - 1.0);
    }

    /// <summary>Sliding windows that end with one closed minute, as the presets define them.</summary>
    private readonly struct Windows(List<Bar> bars, int last)
    {
        public bool IsPioneerBull => Change(5) > 1 && Change(15) > 1 && 3 * Change(5) > Change(15) && 2 * Volume(5) > Volume(15);

        public bool IsFiveBigBull =>
            Change(5) > 0.6 && Change(1440) < 15 && Change(15) > Change(5) && Change(60) > Change(15) && Volume(5) > 100_000
            && Volume(60) > 1_000_000 && Volume(5) > Volume(15) / 3 && Volume(5) > Volume(60) / 6 && Volume(5) > Volume(480) / 66;

        private double Change(int minutes) => 100.0 * (bars[last].Close - bars[last - minutes + 1].Close) / bars[last - minutes + 1].Close;

        private double Volume(int minutes)
        {
            var sum = 0L;
            for (var i = last - minutes + 1; i <= last; i++) sum += bars[i].Quote;
            return sum / Bar.QuoteScale;
        }
    }
}
