using CryptoScreener.DataCollector;
using CryptoScreener.Testing;

namespace CryptoScreener.IntegrationTests.Collector.Feeds;

/// <summary>That nothing trades is no fault.</summary>
public sealed class QuietSocketTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);

    [Fact]
    public async Task A_socket_on_which_nothing_trades_is_asked_and_stays()
    {
        await using var exchange = await ScriptedExchange.StartAsync();
        await using var feed = await FollowAsync(exchange);
        for (var quiet = TimeSpan.Zero; quiet < 4 * Limit; quiet += Limit / 4)
        {
            var answered = exchange.Answered;
            feed.Time.Advance(Limit / 4);
            feed.Time.Advance(Limit / 4); // the first may be too soon after the last answer
            await Eventually.TrueAsync(() => exchange.Answered > answered, "it is asked, and the answer is read");
        }

        Assert.Equal((1, true), (exchange.Count, exchange.IsOpen(0)));
    }

    [Fact]
    public async Task A_socket_that_does_not_answer_is_opened_anew()
    {
        await using var exchange = await ScriptedExchange.StartAsync();
        await using var feed = await FollowAsync(exchange);
        exchange.Answers = false;
        await Eventually.TrueAsync(feed.Time, TimeSpan.FromSeconds(1), () => exchange.Count > 1, "there is another one");
    }

    private static async Task<FeedUnderTest> FollowAsync(ScriptedExchange exchange)
    {
        var feed = new FeedUnderTest(exchange, new CollectorOptions { SilenceLimitMs = (int)Limit.TotalMilliseconds });
        await feed.Set.FollowAsync([FeedUnderTest.Instrument("AAA")], CancellationToken.None);
        await Eventually.TrueAsync(() => exchange.Answered == 1, "it is subscribed");
        return feed;
    }
}
