using CryptoScreener.Calculation;
using CryptoScreener.Contracts.Instruments;
using CryptoScreener.MetricsCalculator.Universe;

namespace CryptoScreener.UnitTests.MetricsCalculator;

public sealed class ExchangeMinutesTests
{
    private const int Partitions = 3;
    private static readonly CalculationPlan Plan = CalculationPlan.Create();
    private static readonly InstrumentId Bitcoin = new("a", "BTCUSDT");
    private static readonly InstrumentId Ether = new("a", "ETHUSDT");
    private readonly ExchangeMinutes _minutes = new(Plan, Partitions);

    [Fact]
    public void A_minute_is_complete_with_the_mark_of_the_last_partition_however_often_the_others_repeat_theirs()
    {
        Assert.False(_minutes.Mark(0, 1));
        Assert.False(_minutes.Mark(0, 1));
        Assert.False(_minutes.Mark(1, 1));
        Assert.False(_minutes.Mark(2, 2));
        Assert.True(_minutes.Mark(2, 1));
    }

    [Fact]
    public void Ranks_are_those_of_the_newest_frame_of_each_instrument()
    {
        _minutes.Add(Bitcoin, 1, FrameOf(9));
        _minutes.Add(Ether, 1, FrameOf(5));
        _minutes.Add(Bitcoin, 1, FrameOf(1)); // corrected
        var ranks = Complete(1);
        Assert.All(ranks[Bitcoin], rank => Assert.Equal(0, rank));
        Assert.All(ranks[Ether], rank => Assert.Equal(100, rank));
    }

    [Fact]
    public void What_comes_for_a_minute_that_was_taken_or_given_up_changes_nothing()
    {
        _minutes.Add(Bitcoin, 1, FrameOf(1));
        Complete(2);
        foreach (var minute in (long[])[1, 2])
            for (var partition = 0; partition < Partitions; partition++) Assert.False(_minutes.Mark(partition, minute));
        Assert.Empty(Complete(3));
    }

    [Fact]
    public void The_minute_in_which_reading_began_is_never_complete()
    {
        _minutes.BeganAt(1);
        for (var partition = 0; partition < Partitions; partition++) Assert.False(_minutes.Mark(partition, 1));
        Complete(2);
    }

    [Fact]
    public void Minutes_that_wait_are_bounded_and_the_oldest_is_given_up()
    {
        for (var minute = 1; minute <= 65; minute++) _minutes.Add(Bitcoin, minute, FrameOf(1));
        for (var partition = 0; partition < Partitions; partition++) Assert.False(_minutes.Mark(partition, 1));
        Assert.Single(Complete(2));
    }

    private Dictionary<InstrumentId, double[]> Complete(long minute)
    {
        for (var partition = 0; partition < Partitions; partition++) Assert.Equal(partition == Partitions - 1, _minutes.Mark(partition, minute));
        return _minutes.Take(minute);
    }

    private static double[] FrameOf(double value)
    {
        var frame = new double[Plan.Catalogue.Count];
        Array.Fill(frame, value);
        return frame;
    }
}
