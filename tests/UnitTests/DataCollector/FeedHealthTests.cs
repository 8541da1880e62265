using CryptoScreener.Contracts.Feed;
using CryptoScreener.DataCollector.Exchanges.Rest;
using CryptoScreener.DataCollector.Feeds;
using CryptoScreener.Testing;

namespace CryptoScreener.UnitTests.DataCollector;

public sealed class FeedHealthTests
{
    [Theory]
    [InlineData(50, false, 0, 0, FeedState.Starting)]
    [InlineData(50, true, 1, 2, FeedState.Live)]
    [InlineData(50, true, 1, 0, FeedState.Live)] // it reconnects
    [InlineData(50, true, 11, 1, FeedState.Stale)]
    [InlineData(50, true, 11, 0, FeedState.Down)]
    [InlineData(50, true, 61, 2, FeedState.Down)]
    [InlineData(50, false, 11, 2, FeedState.Stale)] // connected, and never a word
    [InlineData(50, false, 61, 2, FeedState.Down)]
    [InlineData(50, false, 11, 0, FeedState.Down)] // never reached
    [InlineData(0, false, 0, 0, FeedState.Live)] // nothing of it is ours
    public void The_state_follows_from_silence_and_connections(int instruments, bool hasHeard, int silence, int open, FeedState state) =>
        Assert.Equal(state, FeedHealth.StateOf(instruments, hasHeard, TimeSpan.FromSeconds(silence), open));

    [Fact]
    public void Sockets_that_never_deliver_are_silent_since_they_are_followed()
    {
        var time = new ManualTime();
        var status = new FeedStatusReporter(null!, null!, null!, null!, null!, time);
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(TimeSpan.Zero, status.Silence);
        status.Instruments = 5;
        time.Advance(TimeSpan.FromSeconds(11));
        status.Instruments = 6; // another one does not make the others younger
        Assert.Equal(TimeSpan.FromSeconds(11), status.Silence);
        status.Heard();
        Assert.Equal(TimeSpan.Zero, status.Silence);
    }

    [Fact]
    public void What_is_wrong_is_said_and_nothing_when_nothing_is()
    {
        Assert.Null(FeedHealth.Explain(FeedState.Live, 2, 2, 0, CircuitState.Closed));
        Assert.Equal(
            "no candles arrive; 0 of 2 connections are open; 3 gaps are being repaired; its REST interface fails and is left alone for a while",
            FeedHealth.Explain(FeedState.Down, 2, 0, 3, CircuitState.Open));
    }
}
