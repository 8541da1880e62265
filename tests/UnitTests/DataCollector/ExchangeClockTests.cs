using CryptoScreener.DataCollector.Candles;
using CryptoScreener.DataCollector.Exchanges;
using CryptoScreener.Testing;

namespace CryptoScreener.UnitTests.DataCollector;

public sealed class ExchangeClockTests
{
    private const long Noon = 1_763_656_440_000;
    private const long Hour = 3_600_000;
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
    public void One_event_far_ahead_moves_nothing_and_three_in_a_row_do()
    {
        _clock.Observe(Noon);
        _clock.Observe(Noon + Hour);
        _clock.Observe(Noon + 10);
        _clock.Observe(Noon + Hour);
        _clock.Observe(Noon + Hour + 1);
        Assert.Equal(Noon + 10, _clock.Now);
        _clock.Observe(Noon + Hour + 2);
        Assert.Equal(Noon + Hour, _clock.Now);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void A_candle_of_tomorrow_among_those_that_begin_a_minute_does_not_say_how_far_time_jumped(int place)
    {
        _clock.Observe(Noon);
        for (var i = 0; i < 3; i++) _clock.Observe(i == place ? Noon + (24 * Hour) : Noon + 60_000);
        Assert.Equal(Noon + 60_000, _clock.Now);
    }

    [Fact]
    public void Candles_of_nonsense_cannot_say_that_time_jumped_and_can_say_that_it_did_not()
    {
        _clock.Observe(Noon);
        for (var i = 0; i < 10; i++) Tell(Noon + Hour, isNonsense: true);
        Assert.Equal(Noon, _clock.Now);

        Tell(Noon + Hour);
        Tell(Noon + Hour);
        Tell(Noon + 10, isNonsense: true);
        Tell(Noon + Hour);
        Assert.Equal(Noon + 10, _clock.Now);
    }

    [Fact]
    public void A_candle_does_not_say_what_time_it_is_before_the_exchange_was_asked()
    {
        Tell(Noon + (24 * Hour));
        Assert.Equal(0, _clock.Now);
        _clock.Observe(Noon);
        Tell(Noon + 10);
        Assert.Equal(Noon + 10, _clock.Now);
    }

    [Fact]
    public void A_clock_that_was_ahead_for_a_while_is_forgotten_with_its_events()
    {
        _clock.Observe(Noon);
        for (var i = 0; i < 3; i++) _clock.Observe(Noon + 30_000);
        for (var second = 1; second <= 600; second++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            _clock.Observe(Noon + (second * 1_000));
        }

        Assert.Equal(Noon + 600_000, _clock.Now);
    }

    [Fact]
    public void Between_the_minutes_of_an_exchange_that_tells_only_those_it_runs_on()
    {
        for (var minute = 0; minute < 10; minute++)
        {
            _clock.Observe(Noon + (minute * 60_000));
            _time.Advance(TimeSpan.FromSeconds(59));
            _clock.Observe(Noon + (minute * 60_000)); // its candle's begin again
            Assert.Equal(Noon + (minute * 60_000) + 59_000, _clock.Now);
            _time.Advance(TimeSpan.FromSeconds(1));
        }
    }

    private void Tell(long eventTime, bool isNonsense = false)
    {
        var candle = isNonsense ? Followed.Bar(0) with { High = 1 } : Followed.Bar(0);
        _clock.Observe(new Kline(Followed.Instrument(), candle, false, eventTime));
    }
}
