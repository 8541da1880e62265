using CryptoScreener.Contracts.Candles;
using CryptoScreener.DataCollector.Feeds;
using CryptoScreener.Testing;

namespace CryptoScreener.UnitTests.DataCollector.Feeds;

public sealed class SuspicionTests
{
    private readonly ManualTime _time = new();
    private readonly Pulse _pulse = new();
    private readonly Suspicion _suspicion = new(TimeSpan.FromSeconds(10));
    private readonly long _openedAt;

    public SuspicionTests() => _openedAt = _time.GetTimestamp();

    [Fact]
    public void An_instrument_that_never_said_anything_is_due_after_the_shortest_patience()
    {
        Assert.False(IsDueAfter(9.9));
        Assert.True(IsDueAfter(0.1));
    }

    [Fact]
    public void One_that_usually_pauses_for_long_is_given_eight_of_its_pauses()
    {
        for (var frame = 0; frame < 200; frame++)
        {
            _time.Advance(TimeSpan.FromSeconds(5));
            _pulse.Beat(_time.GetTimestamp(), isTraded: true);
        }

        Assert.False(IsDueAfter(35));
        Assert.True(IsDueAfter(5));
    }

    [Fact]
    public void Each_time_it_was_cleared_the_patience_doubles_up_to_five_minutes_and_a_frame_ends_that()
    {
        foreach (var patience in new[] { 10, 20, 40, 80, 160, 300, 300 })
        {
            Assert.False(IsDueAfter(patience - 0.1));
            Assert.True(IsDueAfter(0.1));
            _suspicion.Cleared(_time.GetTimestamp());
        }

        _pulse.Beat(_time.GetTimestamp(), isTraded: true);
        Assert.False(IsDueAfter(9.9));
        Assert.True(IsDueAfter(0.1));
    }

    [Fact]
    public void Stalls_are_counted_until_it_speaks_or_is_cleared()
    {
        for (var stall = 1; stall <= 3; stall++)
        {
            Assert.True(IsDueAfter(10));
            _suspicion.Confirmed(_time.GetTimestamp());
            Assert.Equal(stall, _suspicion.Stalls);
        }

        _pulse.Beat(_time.GetTimestamp(), isTraded: true);
        IsDueAfter(0);
        Assert.Equal(0, _suspicion.Stalls);
    }

    [Fact]
    public void While_nobody_can_say_it_gives_way_to_others_for_the_shortest_patience_each_time()
    {
        Assert.True(IsDueAfter(10));
        _suspicion.Cleared(_time.GetTimestamp());
        Assert.True(IsDueAfter(20));
        for (var question = 0; question < 3; question++)
        {
            _suspicion.Unanswered(_time.GetTimestamp());
            Assert.False(IsDueAfter(9.9));
            Assert.True(IsDueAfter(0.1));
        }
    }

    [Fact]
    public void Trades_that_the_stream_did_not_tell_are_those_of_later_minutes_or_of_a_fuller_candle()
    {
        var told = Followed.Bar(1, volume: 5);
        Assert.False(StallWatchdog.HasUntoldTrades([Followed.Bar(1, volume: 5), Candle.Flat(Followed.Minute(2), 100)], told));
        Assert.True(StallWatchdog.HasUntoldTrades([Followed.Bar(1, volume: 6)], told));
        Assert.True(StallWatchdog.HasUntoldTrades([Followed.Bar(2, volume: 0.1)], told));
    }

    private bool IsDueAfter(double seconds)
    {
        _time.Advance(TimeSpan.FromSeconds(seconds));
        return _suspicion.IsDue(_pulse, _openedAt, _time.GetTimestamp(), _time);
    }
}
