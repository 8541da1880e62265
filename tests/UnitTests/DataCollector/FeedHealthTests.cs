using CryptoScreener.Contracts.Feed;
using CryptoScreener.DataCollector.Exchanges.Rest;
using CryptoScreener.DataCollector.Feeds;

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
    [InlineData(0, false, 0, 0, FeedState.Live)] // nothing of it is ours
    public void The_state_follows_from_silence_and_connections(int instruments, bool hasHeard, int silence, int open, FeedState state) =>
        Assert.Equal(state, FeedHealth.StateOf(instruments, hasHeard, TimeSpan.FromSeconds(silence), open));

    [Fact]
    public void What_is_wrong_is_said_and_nothing_when_nothing_is()
    {
        Assert.Null(FeedHealth.Explain(FeedState.Live, 2, 2, 0, CircuitState.Closed));
        Assert.Equal(
            "no candles arrive; 0 of 2 connections are open; 3 gaps are being repaired; its REST interface fails and is left alone for a while",
            FeedHealth.Explain(FeedState.Down, 2, 0, 3, CircuitState.Open));
    }
}
