using CryptoScreener.Testing;

namespace CryptoScreener.IntegrationTests.Collector.Feeds;

/// <summary>An exchange that says good-bye and lets nobody in: sockets that are lost wait behind those that only want to be replaced.</summary>
public sealed class RefusedRotationTests
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task A_rotation_that_is_refused_is_tried_less_and_less()
    {
        await using var exchange = await ScriptedExchange.StartAsync();
        await using var feed = new FeedUnderTest(exchange);
        await StartAsync(exchange, feed);
        exchange.RefusesSockets = true;
        await exchange.AnnounceEndAsync(0);

        var began = feed.Time.GetTimestamp();
        await Eventually.TrueAsync(feed.Time, Step, () => exchange.Handshakes >= 13, "it was refused twelve times");
        Assert.True(feed.Time.GetElapsedTime(began) > TimeSpan.FromSeconds(90), $"within {feed.Time.GetElapsedTime(began)}");
        Assert.True(exchange.IsOpen(0));
    }

    [Fact]
    public async Task What_takes_the_place_of_a_socket_that_could_not_be_replaced_is_not_replaced_itself()
    {
        await using var exchange = await ScriptedExchange.StartAsync();
        await using var feed = new FeedUnderTest(exchange);
        await StartAsync(exchange, feed);
        exchange.RefusesSockets = true;
        await exchange.AnnounceEndAsync(0);
        await Eventually.TrueAsync(feed.Time, Step, () => exchange.Handshakes >= 3, "it is refused");
        exchange.Cut(0);
        exchange.RefusesSockets = false;
        await Eventually.TrueAsync(feed.Time, Step, () => exchange.HeardOn(1).Count > 0, "it is opened again");

        var answered = exchange.Answered;
        await Eventually.TrueAsync(feed.Time, 5 * Step, () => exchange.Answered >= answered + 2, "it is there for a while"); // ten minutes
        Assert.Equal(2, exchange.Count);
    }

    private static async Task StartAsync(ScriptedExchange exchange, FeedUnderTest feed)
    {
        await feed.Set.FollowAsync([FeedUnderTest.Instrument("BTCUSDT")], CancellationToken.None);
        await Eventually.TrueAsync(() => exchange.Count == 1 && feed.Set.Sockets[0].Connection?.SubscribedAt is not null, "it is open");
    }
}
