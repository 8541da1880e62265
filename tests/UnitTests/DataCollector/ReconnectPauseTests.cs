using CryptoScreener.DataCollector.Feeds;

namespace CryptoScreener.UnitTests.DataCollector;

public sealed class ReconnectPauseTests
{
    [Fact]
    public void Pauses_double_up_to_half_a_minute_each_with_a_fifth_of_jitter()
    {
        var pause = new ReconnectPause();
        foreach (var planned in (double[])[0.25, 0.5, 1, 2, 4, 8, 16, 25, 25, 25])
            Assert.InRange(pause.Next().TotalSeconds, planned * 0.8, planned * 1.2);
    }

    [Fact]
    public void None_is_longer_than_half_a_minute_and_still_no_two_are_the_same()
    {
        var pause = new ReconnectPause();
        for (var i = 0; i < 8; i++) pause.Next();

        var longest = Enumerable.Range(0, 1_000).Select(_ => pause.Next()).ToList();

        Assert.All(longest, one => Assert.True(one <= TimeSpan.FromSeconds(30), $"{one}"));
        Assert.True(longest.Distinct().Count() > 900);
    }

    [Fact]
    public void A_success_begins_anew()
    {
        var pause = new ReconnectPause();
        for (var i = 0; i < 5; i++) pause.Next();
        pause.Reset();
        Assert.InRange(pause.Next().TotalSeconds, 0.2, 0.3);
    }
}
