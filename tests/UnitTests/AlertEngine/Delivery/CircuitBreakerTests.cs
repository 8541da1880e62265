using CryptoScreener.AlertEngine.Delivery;
using CryptoScreener.AlertEngine.Delivery.Sending;

namespace CryptoScreener.UnitTests.AlertEngine.Delivery;

public sealed class CircuitBreakerTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
    private readonly CircuitBreaker _breaker = new();

    [Fact]
    public void It_opens_after_five_failures_in_a_row_and_says_so_once()
    {
        Assert.Equal([false, false, false, false, true, false], Enumerable.Range(0, 6).Select(_ => _breaker.Ended(false, wasProbe: false, Noon)));
        Assert.Equal(0, _breaker.Allowed(Noon, 10));
    }

    [Fact]
    public void A_success_between_failures_keeps_it_closed()
    {
        for (var i = 0; i < 20; i++) _breaker.Ended(succeeded: i % 4 == 3, wasProbe: false, Noon);
        Assert.Equal(10, _breaker.Allowed(Noon, 10));
    }

    [Fact]
    public void Open_it_lets_one_attempt_through_after_a_pause_and_closes_when_that_succeeds()
    {
        for (var i = 0; i < 5; i++) _breaker.Ended(false, wasProbe: false, Noon);
        Assert.Equal(0, _breaker.Allowed(Noon.AddSeconds(9), 10));
        Assert.Equal(1, _breaker.Allowed(Noon.AddSeconds(10), 10));
        Assert.True(_breaker.Started());
        Assert.Equal(0, _breaker.Allowed(Noon.AddSeconds(10), 10));
        Assert.True(_breaker.Ended(true, wasProbe: true, Noon.AddSeconds(11)));
        Assert.Equal(10, _breaker.Allowed(Noon.AddSeconds(11), 10));
    }

    [Fact]
    public void Attempts_that_ran_when_it_opened_do_not_lengthen_its_pause()
    {
        for (var i = 0; i < 16; i++) _breaker.Ended(false, wasProbe: false, Noon);
        Assert.Equal(1, _breaker.Allowed(Noon.AddSeconds(10), 10));
    }

    [Fact]
    public void A_late_failure_of_an_attempt_that_began_before_is_not_taken_for_the_probe()
    {
        var early = _breaker.Started();
        for (var i = 0; i < 5; i++) _breaker.Ended(false, wasProbe: false, Noon);
        var probe = _breaker.Started();
        Assert.Equal((false, true, false), (early, probe, _breaker.Started())); // and there is one probe at a time

        Assert.False(_breaker.Ended(false, early, Noon.AddSeconds(11)));
        Assert.Equal(0, _breaker.Allowed(Noon.AddSeconds(12), 10)); // the probe still runs
        Assert.True(_breaker.Ended(true, probe, Noon.AddSeconds(12)));
        Assert.Equal(10, _breaker.Allowed(Noon.AddSeconds(12), 10));
    }

    [Fact]
    public void Pauses_double_up_to_five_minutes()
    {
        var (now, pauses) = (Noon, new List<double>());
        for (var i = 0; i < 4; i++) _breaker.Ended(false, wasProbe: false, now);
        for (var i = 0; i < 8; i++)
        {
            _breaker.Ended(false, _breaker.Started(), now);
            var opened = now;
            while (_breaker.Allowed(now, 1) == 0) now = now.AddSeconds(1);
            pauses.Add((now - opened).TotalSeconds);
        }

        Assert.Equal([10, 20, 40, 80, 160, 300, 300, 300], pauses);
    }

    [Fact]
    public void An_attempt_that_was_not_made_leaves_the_place_to_another()
    {
        for (var i = 0; i < 5; i++) _breaker.Ended(false, wasProbe: false, Noon);
        _breaker.Cancelled(_breaker.Started());
        Assert.Equal(1, _breaker.Allowed(Noon.AddMinutes(1), 10));
    }

    [Fact]
    public void A_rate_gives_its_burst_at_once_and_then_its_pace()
    {
        var bucket = new TokenBucket(new SendRate(2, 3), Noon);
        Assert.Equal(3, bucket.Available(Noon));
        bucket.Take(3);
        Assert.Equal(0, bucket.Available(Noon.AddMilliseconds(400)));
        Assert.Equal(1, bucket.Available(Noon.AddMilliseconds(500)));
        Assert.Equal(3, bucket.Available(Noon.AddHours(1)));
        Assert.Equal(3, bucket.Available(Noon)); // a clock that goes back takes nothing away
    }
}
