using CryptoScreener.DataCollector.Candles;
using CryptoScreener.Testing;

namespace CryptoScreener.UnitTests.DataCollector;

public sealed class ExchangeClockTests
{
    private const long Noon = 1_763_656_440_000;
    private readonly ManualTime _time = new();
    private readonly ExchangeClock _clock;

    public ExchangeClockTests() => _clock = new ExchangeClock(_time);

    [Fact]
    public void It_says_nothing_before_the_first_event()
    {
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(0, _clock.Now);
    }

    [Fact]
    public void It_takes_its_time_from_events_and_runs_on_between_them()
    {
        _clock.Observe(Noon);
        Assert.Equal(Noon, _clock.Now);
        _time.Advance(TimeSpan.FromMilliseconds(250));
        Assert.Equal(Noon + 250, _clock.Now);
        _clock.Observe(Noon + 1_000);
        Assert.Equal(Noon + 1_000, _clock.Now);
    }

    [Fact]
    public void An_event_that_was_under_way_for_long_does_not_turn_it_back()
    {
        _clock.Observe(Noon);
        _time.Advance(TimeSpan.FromSeconds(2));
        _clock.Observe(Noon + 500);
        Assert.Equal(Noon + 2_000, _clock.Now);
    }

    [Fact]
    public void An_event_more_than_a_day_ahead_is_a_defect_and_no_time()
    {
        var day = (long)TimeSpan.FromDays(1).TotalMilliseconds;
        _clock.Observe(Noon);
        _clock.Observe(Noon + day + 1);
        Assert.Equal(Noon, _clock.Now);
        _clock.Observe(Noon + day);
        Assert.Equal(Noon + day, _clock.Now);
    }
}
