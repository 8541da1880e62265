using CryptoScreener.Contracts.Candles;
using CryptoScreener.DataCollector.Gaps;

namespace CryptoScreener.UnitTests.DataCollector.Gaps;

public sealed class ProvenMinutesTests
{
    [Fact]
    public void Minutes_are_proven_when_a_row_stands_behind_them()
    {
        Candle[] rows = [Followed.Bar(0), Followed.Bar(1), Followed.Bar(2), Followed.Bar(3)];
        Assert.Equal(rows[1..3], ProvenMinutes.Of(rows, Followed.Minute(1), Followed.Minute(2)));
    }

    [Fact]
    public void The_last_row_may_be_forming_and_proves_nothing_of_itself()
    {
        Assert.Null(ProvenMinutes.Of([Followed.Bar(0), Followed.Bar(1)], Followed.Minute(1), Followed.Minute(1)));
        Assert.Null(ProvenMinutes.Of([], Followed.Minute(1), Followed.Minute(1)));
    }

    [Fact]
    public void Minutes_left_out_were_quiet_at_the_price_before_them()
    {
        var proven = ProvenMinutes.Of([Followed.Bar(0, close: 101), Followed.Bar(3)], Followed.Minute(1), Followed.Minute(2))!;
        Assert.Equal([Candle.Flat(Followed.Minute(1), 101), Candle.Flat(Followed.Minute(2), 101)], proven);
        Assert.All(proven, c => Assert.Equal(CandleSource.Synthetic, ProvenMinutes.SourceOf(c)));
    }

    [Fact]
    public void An_answer_with_an_absurd_row_proves_nothing()
    {
        var absurd = Followed.Bar(1) with { High = 1 };
        Assert.Null(ProvenMinutes.Of([Followed.Bar(0), absurd, Followed.Bar(2)], Followed.Minute(1), Followed.Minute(1)));
    }
}
