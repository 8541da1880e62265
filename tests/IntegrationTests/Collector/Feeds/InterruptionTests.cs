using CryptoScreener.Contracts.Candles;
using CryptoScreener.DataCollector.Candles;
using CryptoScreener.DataCollector.Feeds;
using CryptoScreener.Testing;

namespace CryptoScreener.IntegrationTests.Collector.Feeds;

/// <summary>What was forming while nobody listened may lack its end: its gate must know.</summary>
public sealed class InterruptionTests
{
    private static readonly TimeSpan Briefly = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan Overlap = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task A_lost_connection_interrupts_what_its_instruments_were_forming()
    {
        await using var exchange = await ScriptedExchange.StartAsync(instrumentsPerSocket: 1);
        await using var feed = new FeedUnderTest(exchange);
        FollowedInstrument[] all = [FeedUnderTest.Instrument("AAA"), FeedUnderTest.Instrument("BBB")];
        await feed.Set.FollowAsync(all, CancellationToken.None);
        await Eventually.TrueAsync(() => Enumerable.Range(0, 2).All(i => exchange.Count == 2 && exchange.HeardOn(i).Count == 1), "both are subscribed");
        var first = exchange.HeardOn(0)[0];

        exchange.Cut(0);
        await Eventually.TrueAsync(() => feed.IsInterruptedAsync(all.Single(i => i.Id.Symbol == first)), "the lost one is interrupted");
        Assert.False(await feed.IsInterruptedAsync(all.Single(i => i.Id.Symbol != first)));
    }

    [Fact]
    public async Task When_more_is_followed_the_old_socket_stays_until_the_new_one_has_delivered_for_a_while()
    {
        await using var exchange = await ScriptedExchange.StartAsync();
        await using var feed = new FeedUnderTest(exchange);
        var known = FeedUnderTest.Instrument("AAA");
        var following = await FollowMoreAsync(exchange, feed, known);
        await Task.Delay(Briefly, TimeProvider.System);
        Assert.Equal((true, false), (exchange.IsOpen(0), following.IsCompleted));

        await exchange.SayAsync(1, "AAA", minute: 60_000);
        await Eventually.TrueAsync(() => known.Pulse.HeardAt != 0, "the new one delivers");
        await Task.Delay(Briefly, TimeProvider.System);
        Assert.Equal((true, false), (exchange.IsOpen(0), following.IsCompleted));

        await Eventually.TrueAsync(feed.Time, FeedSocket.HandOver, () => following.IsCompleted && !exchange.IsOpen(0), "the old one is closed");
        await following;
        Assert.False(await feed.IsInterruptedAsync(known));
    }

    [Fact]
    public async Task At_a_rotation_the_old_socket_stays_until_the_new_one_has_delivered_for_a_while()
    {
        await using var exchange = await ScriptedExchange.StartAsync();
        await using var feed = new FeedUnderTest(exchange);
        var known = FeedUnderTest.Instrument("AAA");
        await feed.Set.FollowAsync([known], CancellationToken.None);
        await SubscribedAsync(exchange, 0);
        await exchange.AnnounceEndAsync(0);
        await SubscribedAsync(exchange, 1);

        await exchange.SayAsync(1, "AAA", minute: 60_000);
        await Eventually.TrueAsync(() => known.Pulse.HeardAt != 0, "the new one delivers");
        await Task.Delay(Briefly, TimeProvider.System);
        Assert.True(exchange.IsOpen(0));

        await Eventually.TrueAsync(feed.Time, FeedSocket.HandOver, () => !exchange.IsOpen(0), "the old one is closed");
        Assert.False(await feed.IsInterruptedAsync(known));
    }

    [Fact]
    public async Task A_new_socket_that_does_not_deliver_in_time_interrupts_what_it_carries()
    {
        await using var exchange = await ScriptedExchange.StartAsync();
        await using var feed = new FeedUnderTest(exchange);
        var known = FeedUnderTest.Instrument("AAA");
        var following = await FollowMoreAsync(exchange, feed, known);
        feed.Time.Advance(Overlap);
        await following;
        Assert.True(await feed.IsInterruptedAsync(known));
    }

    [Fact]
    public async Task A_new_socket_that_delivered_and_is_lost_when_the_old_one_closes_interrupts_what_it_carries()
    {
        await using var exchange = await ScriptedExchange.StartAsync(instrumentsPerSocket: 1);
        await using var feed = new FeedUnderTest(exchange);
        var known = FeedUnderTest.Instrument("AAA");
        var following = await FollowMoreAsync(exchange, feed, known);
        await SubscribedAsync(exchange, 2);
        var again = exchange.HeardOn(1)[0] == "AAA" ? 1 : 2;
        await exchange.SayAsync(again, "AAA", minute: 60_000);
        await Eventually.TrueAsync(() => known.Pulse.HeardAt != 0, "it delivers");
        exchange.RefusesSockets = true;
        exchange.Cut(again);
        await Eventually.TrueAsync(() => feed.IsInterruptedAsync(known), "it is lost");

        var (before, forming) = (Bar(60_000), Bar(120_000));
        await feed.Lane.AskAsync(
            () =>
            {
                feed.Lane.Clock.Observe(forming.OpenTime);
                known.Gate.StartAfter(before);
                return known.Gate.Offer(forming, isClosed: false, forming.OpenTime); // the old socket goes on telling it
            },
            CancellationToken.None);
        Assert.False(await feed.IsInterruptedAsync(known));
        feed.Time.Advance(Overlap);
        await following;
        Assert.True(await feed.IsInterruptedAsync(known));
    }

    private static Candle Bar(long minute) => new(minute, 1, 1, 1, 1, 1, 1, 1, 0, 0);

    /// <summary>One is followed; then another too, which is still under way.</summary>
    private static async Task<Task> FollowMoreAsync(ScriptedExchange exchange, FeedUnderTest feed, FollowedInstrument known)
    {
        await feed.Set.FollowAsync([known], CancellationToken.None);
        await SubscribedAsync(exchange, 0);
        var following = feed.Set.FollowAsync([known, FeedUnderTest.Instrument("BBB")], CancellationToken.None);
        await SubscribedAsync(exchange, 1);
        return following;
    }

    private static Task SubscribedAsync(ScriptedExchange exchange, int socket) =>
        Eventually.TrueAsync(() => exchange.Count > socket && exchange.HeardOn(socket).Count == 1, $"socket {socket} is subscribed");
}
