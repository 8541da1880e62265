using CryptoScreener.ExchangeSimulator.Binance;
using CryptoScreener.ExchangeSimulator.Http;
using CryptoScreener.ExchangeSimulator.Sockets;

namespace CryptoScreener.UnitTests.Simulator;

public class LimitTests
{
    [Fact]
    public void Weight_is_refused_past_the_limit_until_the_clock_minute_ends()
    {
        var time = new ManualTime(new DateTimeOffset(2026, 3, 4, 12, 34, 40, TimeSpan.Zero));
        var budget = new WeightBudget(10, TimeSpan.FromMinutes(1), time);
        Assert.Equal(new WeightBudget.Verdict(10, 200, 0), budget.Spend("a", 10));
        Assert.Equal(new WeightBudget.Verdict(11, 429, 20), budget.Spend("a", 1));
        Assert.Equal(200, budget.Spend("b", 10).Status);
        time.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal(new WeightBudget.Verdict(1, 200, 0), budget.Spend("a", 1));
    }

    [Fact]
    public void Whoever_goes_on_asking_is_banned_and_then_forgiven()
    {
        var time = new ManualTime();
        var budget = new WeightBudget(1, TimeSpan.FromMinutes(1), time);
        var last = default(WeightBudget.Verdict);
        for (var i = 0; i < 20 && last.Status != 418; i++) last = budget.Spend("a", 1);
        Assert.Equal((418, 120), (last.Status, last.RetryAfter));
        time.Advance(TimeSpan.FromSeconds(119));
        Assert.Equal(418, budget.Spend("a", 1).Status);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(200, budget.Spend("a", 1).Status);
        Assert.Equal(new LimitTally(Refused: 10, Banned: 2), budget.Tally);
    }

    [Fact]
    public void A_shortened_minute_of_the_limit_ends_sooner()
    {
        var time = new ManualTime(new DateTimeOffset(2026, 3, 4, 12, 34, 40, TimeSpan.Zero));
        var budget = new WeightBudget(1, TimeSpan.FromSeconds(4), time);
        Assert.Equal([200, 429], [budget.Spend("a", 1).Status, budget.Spend("a", 1).Status]);
        time.Advance(TimeSpan.FromSeconds(4));
        Assert.Equal(200, budget.Spend("a", 1).Status);
    }

    [Fact]
    public void A_window_admits_its_limit_and_opens_again()
    {
        var time = new ManualTime();
        var window = new RequestWindow(2, TimeSpan.FromSeconds(5), ban: TimeSpan.Zero, time);
        Assert.Equal([true, true, false], [window.TryTake("a"), window.TryTake("a"), window.TryTake("a")]);
        Assert.True(window.TryTake("b"));
        time.Advance(TimeSpan.FromSeconds(5));
        Assert.True(window.TryTake("a"));
    }

    [Fact]
    public void A_ban_outlasts_the_window()
    {
        var time = new ManualTime();
        var window = new RequestWindow(1, TimeSpan.FromSeconds(5), ban: TimeSpan.FromMinutes(10), time);
        window.TryTake("a");
        Assert.False(window.TryTake("a"));
        time.Advance(TimeSpan.FromMinutes(9));
        Assert.False(window.TryTake("a"));
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.True(window.TryTake("a"));
    }

    [Fact]
    public void Messages_may_come_in_bursts_but_not_for_long()
    {
        var time = new ManualTime();
        var rate = new MessageRate(10, time);
        Assert.Equal(15, Enumerable.Range(0, 100).Count(_ => rate.TryTake()));
        time.Advance(TimeSpan.FromSeconds(0.5));
        Assert.Equal(5, Enumerable.Range(0, 100).Count(_ => rate.TryTake()));
    }
}
