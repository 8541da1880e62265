using CryptoScreener.AlertEngine.Delivery;

namespace CryptoScreener.UnitTests.AlertEngine;

public sealed class RetryScheduleTests
{
    private const int Retries = 9;

    [Fact]
    public void Pauses_grow_and_add_up_to_about_three_days()
    {
        var pauses = Enumerable.Range(1, Retries).Select(failed => RetrySchedule.Next(failed, asked: null)!.Value).ToList();
        Assert.Equal(pauses.Take(8).Order(), pauses.Take(8)); // the jitter of the last two overlaps
        Assert.InRange(pauses[0].TotalSeconds, 4.5, 5.5);
        Assert.InRange(pauses.Sum(p => p.TotalDays), 2.8, 3.5);
    }

    [Fact]
    public void After_the_last_one_the_delivery_is_dead()
    {
        Assert.NotNull(RetrySchedule.Next(Retries, asked: null));
        Assert.Null(RetrySchedule.Next(Retries + 1, asked: null));
        Assert.Null(RetrySchedule.Next(Retries + 1, asked: TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public void A_receiver_that_asks_for_more_time_gets_it_and_one_that_asks_for_less_does_not()
    {
        Assert.Equal(TimeSpan.FromMinutes(2), RetrySchedule.Next(1, TimeSpan.FromMinutes(2)));
        Assert.InRange(RetrySchedule.Next(2, TimeSpan.FromSeconds(1))!.Value.TotalMinutes, 4.5, 5.5);
    }
}
