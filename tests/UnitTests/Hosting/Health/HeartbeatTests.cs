using CryptoScreener.Hosting.Health;
using CryptoScreener.Testing;

namespace CryptoScreener.UnitTests.Hosting.Health;

public sealed class HeartbeatTests
{
    private readonly ManualTime _time = new();
    private readonly HeartbeatRegistry _hearts;

    public HeartbeatTests() => _hearts = new(_time);

    [Fact]
    public void A_loop_that_is_silent_beyond_its_limit_is_stuck_until_it_beats_again()
    {
        var heart = _hearts.Watch("lane", TimeSpan.FromSeconds(30));

        _time.Advance(TimeSpan.FromSeconds(30));
        Assert.False(heart.IsStuck);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(heart.IsStuck);
        heart.Beat();
        Assert.False(heart.IsStuck);
    }

    [Fact]
    public void A_loop_that_waits_for_input_is_never_stuck()
    {
        var heart = _hearts.Watch("lane", TimeSpan.FromSeconds(30));

        heart.Rest();
        _time.Advance(TimeSpan.FromDays(1));

        Assert.False(heart.IsStuck);
    }

    [Fact]
    public void A_loop_that_has_ended_is_watched_no_longer_and_its_name_is_free()
    {
        _hearts.Watch("lane", TimeSpan.FromSeconds(1)).Dispose();

        Assert.Empty(_hearts.Loops);
        Assert.Same(_hearts.Watch("lane", TimeSpan.FromSeconds(1)), Assert.Single(_hearts.Loops));
    }

    [Fact]
    public void Two_loops_cannot_share_a_name()
    {
        _hearts.Watch("lane", TimeSpan.FromSeconds(1));

        Assert.Throws<InvalidOperationException>(() => _hearts.Watch("lane", TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public void A_beat_allocates_nothing()
    {
        var heart = _hearts.Watch("lane", TimeSpan.FromSeconds(30));
        heart.Beat();
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var i = 0; i < 1000; i++)
        {
            heart.Beat();
            heart.Rest();
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
