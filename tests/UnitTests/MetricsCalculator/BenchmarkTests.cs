using CryptoScreener.Calculation;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.MetricsCalculator.Universe;

namespace CryptoScreener.UnitTests.MetricsCalculator;

public sealed class BenchmarkTests
{
    private const int First = 100;
    private static readonly CalculationPlan Plan = CalculationPlan.Create();

    [Fact]
    public void Of_two_prices_of_a_minute_the_one_told_later_counts_whichever_is_higher()
    {
        var benchmark = new Benchmark(Stored(First - 1));
        for (var minute = First; minute < First + 70; minute++) benchmark.Closed(Minute(minute), 50);
        foreach (var price in (double[])[60, 55, 65, 40, 41])
        {
            benchmark.Closed(Minute(First + 68), price);
            Assert.Equal(price, CloseBefore(benchmark.At(Minute(First + 69))!));
        }
    }

    [Fact]
    public void It_has_closed_only_what_was_heard_and_remembers_an_hour_of_that()
    {
        var benchmark = new Benchmark(Stored(First - 1));
        Assert.Null(benchmark.At(Minute(First - 1)));
        for (var minute = First; minute < First + 1_000; minute++) benchmark.Closed(Minute(minute), minute);
        Assert.Equal(64, Enumerable.Range(0, 2_000).Count(minute => benchmark.At(Minute(minute)) is not null));
        Assert.NotNull(benchmark.At(Minute(First + 999)));
    }

    [Fact]
    public void What_was_not_stored_yet_when_it_was_first_heard_is_asked_for_until_it_is()
    {
        var benchmark = new Benchmark(Stored(First - 3));
        benchmark.Closed(Minute(First), First);
        Assert.True(benchmark.IsOutdated);
        Assert.False(benchmark.TryStandOn(Stored(First - 2)));
        Assert.True(benchmark.IsOutdated);
        Assert.True(benchmark.TryStandOn(Stored(First - 1)));
        Assert.False(benchmark.IsOutdated);
        Assert.Equal(First - 1, CloseBefore(benchmark.At(Minute(First))!));
    }

    [Fact]
    public void It_is_whole_when_what_is_stored_ends_where_it_begins()
    {
        var benchmark = new Benchmark(Stored(First - 1));
        benchmark.Closed(Minute(First), First);
        Assert.False(benchmark.IsOutdated);
    }

    [Fact]
    public void Fresh_minutes_are_as_they_were_heard_and_older_ones_as_they_are_stored()
    {
        var benchmark = new Benchmark(Stored(First - 1));
        for (var minute = First; minute < First + 40; minute++) benchmark.Closed(Minute(minute), 7);
        Assert.True(benchmark.TryStandOn(Stored(First + 39)));
        Assert.Equal(7, CloseBefore(benchmark.At(Minute(First + 39))!));
        Assert.Equal(First + 9, CloseBefore(benchmark.At(Minute(First + 10))!));
    }

    /// <summary>Each minute closed at its number.</summary>
    private static InstrumentState Stored(int through)
    {
        var state = new InstrumentState(Plan);
        for (var minute = 1; minute <= through; minute++) state.Commit(Candle.Flat(Minute(minute), minute), CandleSource.Backfill);
        return state;
    }

    /// <summary>The close of the minute before: one that moved by as much has its returns.</summary>
    private static double CloseBefore(BenchmarkCloses closes) => closes.Of(0)[^2];

    private static long Minute(int index) => DateTimeOffset.UnixEpoch.AddDays(20_000).ToUnixTimeMilliseconds() + (index * Timeframe.MinuteMs);
}
