using CryptoScreener.Contracts.Rules;
using CryptoScreener.UnitTests.Rules;

namespace CryptoScreener.UnitTests.AlertEngine;

/// <summary>Why the engine does not read feeds' status: docs/decisions/0085.</summary>
public sealed class FeedOutageTests
{
    private static readonly RuleDefinition[] Rules =
    [
        RuleTexts.Definition("price > 100"),
        RuleTexts.Definition("price > 100 for 2m") with { Id = "r2" },
        RuleTexts.Definition("price crosses_above 100") with { Id = "r3" },
        RuleTexts.Definition("price > 100", new TriggerOptions { Mode = TriggerMode.OncePerBarClose, Bar = "1m" }) with { Id = "r4" },
    ];

    [Theory]
    [InlineData(7)]
    [InlineData(1985)]
    public void Being_told_of_every_minute_in_which_the_feed_stood_still_changes_no_alert(int seed)
    {
        var random = new Random(seed);
        var fired = 0;
        for (var round = 0; round < 500; round++)
        {
            var (unaware, told) = (new TestEvaluator(Rules), new TestEvaluator(Rules));
            for (var minute = 1; minute <= 40; minute++)
            {
                var what = random.Next(4);
                if (what == 0) // stands still: neither a frame nor a mark; a status says so to one of them
                {
                    told.Mark(minute);
                    continue;
                }

                if (what > 1)
                {
                    var price = 99 + (2 * random.Next(2));
                    var alerts = unaware.Closed(minute, price).ConvertAll(alert => alert.Id);
                    Assert.Equal(told.Closed(minute, price).ConvertAll(alert => alert.Id), alerts);
                    fired += alerts.Count;
                }

                unaware.Mark(minute);
                told.Mark(minute);
            }
        }

        Assert.InRange(fired, 1_000, int.MaxValue);
    }

    [Fact]
    public void While_a_feed_stands_still_time_alone_neither_fires_nor_ends_anything()
    {
        var evaluator = new TestEvaluator(Rules);
        evaluator.Closed(1, 99);
        Assert.NotEmpty(evaluator.Closed(2, 101));
        evaluator.Wait(TimeSpan.FromMinutes(30));
        Assert.DoesNotContain(evaluator.Closed(32, 101), alert => alert.RuleId is "r1" or "r2" or "r3"); // it held before, and nobody saw it last
    }
}
