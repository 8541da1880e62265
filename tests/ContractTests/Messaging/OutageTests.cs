using CryptoScreener.Messaging;
using CryptoScreener.Testing;

namespace CryptoScreener.ContractTests.Messaging;

public sealed class OutageTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public void A_failure_every_second_is_told_every_half_minute()
    {
        var outage = new Outage(_time);
        var told = new List<int>();

        for (var second = 0; second < 100; second++)
        {
            if (outage.IsNews()) told.Add(second);
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal([0, 30, 60, 90], told);
    }

    [Fact]
    public void The_end_is_told_once_with_how_long_it_lasted()
    {
        var outage = new Outage(_time);
        outage.IsNews();
        _time.Advance(TimeSpan.FromSeconds(42));

        Assert.True(outage.IsOver(out var lasted));

        Assert.Equal(TimeSpan.FromSeconds(42), lasted);
        Assert.False(outage.IsOver(out _));
    }

    [Fact]
    public void Without_a_failure_there_is_no_end() => Assert.False(new Outage(_time).IsOver(out _));

    [Fact]
    public void The_next_outage_is_told_at_once_again()
    {
        var outage = new Outage(_time);
        outage.IsNews();
        outage.IsOver(out _);
        _time.Advance(TimeSpan.FromSeconds(30));

        Assert.True(outage.IsNews());
        Assert.False(outage.IsNews());
        Assert.True(outage.IsOver(out _));
    }

    [Fact]
    public void What_fails_and_works_in_turns_is_told_every_half_minute_at_most()
    {
        var outage = new Outage(_time);
        var (begun, ended) = (0, 0);

        for (var i = 0; i < 90; i++)
        {
            begun += outage.IsNews() ? 1 : 0;
            ended += outage.IsOver(out _) ? 1 : 0;
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal((3, 3), (begun, ended));
    }
}
