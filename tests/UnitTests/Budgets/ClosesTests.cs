using CryptoScreener.Benchmarks.WholeSystem;

namespace CryptoScreener.UnitTests.Budgets;

public sealed class ClosesTests
{
    [Fact]
    public void Minutes_with_an_alert_lost_or_twice_and_such_without_any_are_counted_and_give_no_times()
    {
        var closes = new Closes(2,
        [
            Alert("A", 0), // began before
            Alert("A", 1), Alert("B", 1),
            Alert("A", 2), // lost
            Alert("A", 3), Alert("A", 3), // twice, and lost
            Alert("A", 5), Alert("B", 5, 7.5),
            Alert("A", 6), Alert("B", 6) with { ReceivedAt = 0 }, // asked for
            Alert("B", 7), // not over
        ]);
        Assert.Equal(3, closes.Broken); // 4 has none at all
        Assert.Equal(1, closes.AskedFor);
        Assert.Equal([1, 1, 1, 1, 7.5], closes.Milliseconds);
        Assert.Equal([1, 1, 7.5], closes.Bursts);
    }

    private static AlertWatch.Arrival Alert(string symbol, int minute, double took = 1) => new(symbol, minute * 60_000L, minute * 1_000L, (minute * 1_000) + took);
}
