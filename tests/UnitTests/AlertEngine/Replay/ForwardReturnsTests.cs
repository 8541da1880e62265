using CryptoScreener.AlertEngine.Replay;
using CryptoScreener.Contracts.Candles;

namespace CryptoScreener.UnitTests.AlertEngine.Replay;

public sealed class ForwardReturnsTests
{
    [Fact]
    public void A_return_is_that_of_the_minute_so_much_later_and_unknown_without_it()
    {
        var returns = new ForwardReturns();
        var entry = Horizons.Unknown();
        returns.Enter(Minute(0), 100, entry);
        for (var minute = 1; minute < 70; minute++)
            if (minute != 15) returns.Closed(Minute(minute), 100 + minute);
        Assert.Equal([5.0, double.NaN, 60.0, double.NaN, double.NaN], entry.Select(value => Math.Round(value, 9)));
    }

    [Fact]
    public void Entries_that_overlap_each_have_their_own_returns()
    {
        var returns = new ForwardReturns();
        var entries = Enumerable.Range(0, 20).Select(_ => Horizons.Unknown()).ToList();
        for (var minute = 0; minute < 40; minute++)
        {
            returns.Closed(Minute(minute), Price(minute));
            if (minute < 20) returns.Enter(Minute(minute), Price(minute), entries[minute]);
        }

        for (var minute = 0; minute < 20; minute++)
        {
            Assert.Equal(((Price(minute + 5) / Price(minute)) - 1) * 100, entries[minute][0]);
            Assert.Equal(((Price(minute + 15) / Price(minute)) - 1) * 100, entries[minute][1]);
        }

        static double Price(int minute) => 100 + ((minute * 7) % 13);
    }

    [Fact]
    public void A_summary_is_that_of_the_known_returns()
    {
        var summary = ReplayReport.Summary([1, -2, double.NaN, 4, 3], [1, -1, double.NaN]);
        Assert.Equal(new HorizonSummary(4, 1.5, 2, 0.75, 4, -2, 2, 0, 0.5), summary);
        Assert.Equal(2, ReplayReport.Summary([1, 3, 2], []).Median);
        Assert.Equal(new HorizonSummary(0, null, null, null, null, null, 0, null, null), ReplayReport.Summary([], []));
    }

    [Fact]
    public void Random_entries_are_the_same_for_a_seed_and_others_for_another()
    {
        Assert.Equal(Entries(1), Entries(1));
        Assert.NotEqual(Entries(1), Entries(2));
        Assert.InRange(Entries(1).Count, 80, 160); // 120 in 30 days

        static List<int> Entries(int seed)
        {
            var random = new RandomEntries(seed, TestEvaluator.Bitcoin, Minute(0));
            return [.. Enumerable.Range(0, 30 * 1440).Where(minute => random.IsOne(Minute(minute)))];
        }
    }

    private static long Minute(int index) => 1_767_600_000_000 + (index * Timeframe.MinuteMs);
}
