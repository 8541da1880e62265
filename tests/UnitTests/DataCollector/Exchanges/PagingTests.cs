using CryptoScreener.Contracts.Candles;
using CryptoScreener.DataCollector.Exchanges.Rest;
using CryptoScreener.DataCollector.Gaps;

namespace CryptoScreener.UnitTests.DataCollector.Exchanges;

/// <summary>An exchange whose time goes on between one page and the next: the minute that was forming is over then.</summary>
public sealed class PagingTests
{
    private const int PerCall = 5;
    private int _now;

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(8)]
    [InlineData(9)]
    public async Task No_minute_is_proven_final_by_a_row_that_was_not_there_yet_when_it_was_read(int now)
    {
        _now = now;
        var rows = await ReadAsync(Followed.Minute(12));
        var proven = ProvenMinutes.Of(rows, Followed.Minute(0), rows[^1].OpenTime - Timeframe.MinuteMs);
        Assert.All(proven!, minute => Assert.Equal(Final(minute.OpenTime), minute));
        Assert.Equal(rows.Select(row => row.OpenTime).Distinct().Order(), rows.Select(row => row.OpenTime));
    }

    [Fact]
    public async Task A_range_is_read_whole_each_minute_once_wherever_it_ends()
    {
        for (var through = 0; through < 15; through++)
        {
            foreach (var beyond in (long[])[0, 1, 59_999])
            {
                _now = 100;
                Assert.Equal(Enumerable.Range(0, through + 1).Select(minute => Final(Followed.Minute(minute))), await ReadAsync(Followed.Minute(through) + beyond));
            }
        }
    }

    [Theory]
    [InlineData(Timeframe.MinuteMs * 1_440)]
    [InlineData(-Timeframe.MinuteMs)]
    [InlineData(30_000)]
    public async Task A_row_that_was_not_asked_for_is_left_out(long offset)
    {
        var wrong = Final(Followed.Minute(0) + offset);
        var rows = await CandleWindows.ReadAsync(
            Timeframe.OneMinute, Followed.Minute(0), Followed.Minute(2), PerCall, (_, _) => Task.FromResult<IEnumerable<Candle>>([Followed.Bar(1), wrong]));
        Assert.Equal([Followed.Bar(1)], rows);
    }

    private Task<IReadOnlyList<Candle>> ReadAsync(long through) =>
        CandleWindows.ReadAsync(Timeframe.OneMinute, Followed.Minute(0), through, PerCall, (from, last) => Task.FromResult<IEnumerable<Candle>>(Answer(from, last)));

    /// <summary>Newest first, and a minute passes with each answer.</summary>
    private List<Candle> Answer(long from, long through)
    {
        var forming = Followed.Minute(_now++);
        var rows = new List<Candle>();
        for (var minute = forming; minute >= Followed.Minute(0); minute -= Timeframe.MinuteMs)
            if (minute >= from && minute <= through) rows.Add(minute == forming ? Final(minute) with { Trades = 1, Volume = 1 } : Final(minute));
        Assert.InRange(rows.Count, 0, PerCall);
        return rows;
    }

    private static Candle Final(long minute) => Followed.Bar(0) with { OpenTime = minute };
}
