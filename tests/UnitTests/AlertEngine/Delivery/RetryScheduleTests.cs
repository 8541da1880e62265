using CryptoScreener.AlertEngine.Delivery.Sending;

namespace CryptoScreener.UnitTests.AlertEngine.Delivery;

public sealed class RetryScheduleTests
{
    private const int Retries = 9;
    private const double Half = 0.5;

    [Fact]
    public void Pauses_grow_and_add_up_to_about_three_days()
    {
        var pauses = Enumerable.Range(1, Retries).Select(failed => RetrySchedule.Next(failed, asked: null, Half)!.Value).ToList();
        Assert.Equal(pauses.Order(), pauses);
        Assert.Equal(5, pauses[0].TotalSeconds);
        Assert.InRange(pauses.Sum(p => p.TotalDays), 2.8, 3.5);
    }

    [Fact]
    public void What_failed_together_is_spread()
    {
        Assert.Equal(4.5, RetrySchedule.Next(1, asked: null, 0)!.Value.TotalSeconds, 6);
        Assert.Equal(5.5, RetrySchedule.Next(1, asked: null, 1)!.Value.TotalSeconds, 6);
    }

    [Fact]
    public void After_the_last_one_the_delivery_is_dead()
    {
        Assert.NotNull(RetrySchedule.Next(Retries, asked: null, Half));
        Assert.Null(RetrySchedule.Next(Retries + 1, asked: null, Half));
        Assert.Null(RetrySchedule.Next(Retries + 1, asked: TimeSpan.FromSeconds(1), Half));
    }

    [Fact]
    public void A_receiver_that_asks_for_more_time_gets_it_and_one_that_asks_for_less_does_not()
    {
        Assert.Equal(TimeSpan.FromMinutes(2), RetrySchedule.Next(1, TimeSpan.FromMinutes(2), Half));
        Assert.Equal(TimeSpan.FromHours(24), RetrySchedule.Next(1, TimeSpan.FromDays(400), Half));
        Assert.InRange(RetrySchedule.Next(2, TimeSpan.FromSeconds(1), Half)!.Value.TotalMinutes, 4.5, 5.5);
    }
}
