using CryptoScreener.DataCollector.Candles;
using CryptoScreener.Testing;

namespace CryptoScreener.UnitTests.DataCollector;

public sealed class PartitionMinutesTests
{
    private readonly FollowedInstrument _bitcoin = Followed.Instrument();
    private readonly FollowedInstrument _ether = Followed.Instrument("ETHUSDT");
    private readonly PartitionMinutes _minutes;

    public PartitionMinutesTests()
    {
        _minutes = new PartitionMinutes(0, epoch: 1, [_bitcoin, _ether]);
        _bitcoin.Gate.StartAfter(Followed.Bar(0));
        _ether.Gate.StartAfter(Followed.Bar(0));
    }

    [Fact]
    public void It_is_warm_once_it_knows_the_first_minute_to_mark()
    {
        Assert.False(_minutes.IsWarm);
        _minutes.StartMarksAfter(Followed.Minute(0));
        Assert.True(_minutes.IsWarm);
        Assert.Equal(Followed.Minute(1), _minutes.NextMark);
    }

    [Fact]
    public void A_minute_is_complete_when_every_instrument_has_closed_it()
    {
        _minutes.StartMarksAfter(Followed.Minute(0));
        Assert.Equal([_bitcoin, _ether], _minutes.Behind());
        _bitcoin.Gate.Settle(Followed.Bar(1));
        Assert.False(_minutes.IsComplete());
        Assert.Equal([_ether], _minutes.Behind());
        _ether.Gate.Settle(Followed.Bar(1));
        Assert.True(_minutes.IsComplete());
        Assert.Empty(_minutes.Behind());
    }

    [Fact]
    public void After_a_mark_the_next_minute_is_waited_for()
    {
        _minutes.StartMarksAfter(Followed.Minute(0));
        foreach (var instrument in _minutes.Instruments) instrument.Gate.Settle(Followed.Bar(1));
        _minutes.Marked();
        Assert.Equal(Followed.Minute(2), _minutes.NextMark);
        Assert.False(_minutes.IsComplete());
    }

    [Fact]
    public void A_candle_that_the_bus_did_not_take_is_missing_in_its_minutes_mark_and_in_no_other()
    {
        _minutes.StartMarksAfter(Followed.Minute(0));
        foreach (var instrument in _minutes.Instruments) instrument.Gate.Settle(Followed.Bar(1));
        _minutes.Lost(_ether, Followed.Minute(1));
        _minutes.Lost(_ether, Followed.Minute(1));
        Assert.True(_minutes.IsComplete());
        Assert.Equal(["ETHUSDT"], _minutes.Missing());
        _minutes.Marked();
        foreach (var instrument in _minutes.Instruments) instrument.Gate.Settle(Followed.Bar(2));
        Assert.Empty(_minutes.Missing());
    }

    [Fact]
    public void The_wait_for_a_minute_begins_when_it_is_first_asked_for()
    {
        var time = new ManualTime();
        _minutes.StartMarksAfter(Followed.Minute(0));
        time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(TimeSpan.Zero, _minutes.Waited(time));
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(TimeSpan.FromSeconds(2), _minutes.Waited(time));
        _minutes.Marked();
        Assert.Equal(TimeSpan.Zero, _minutes.Waited(time));
    }

    [Fact]
    public void An_instrument_that_is_ahead_is_not_behind()
    {
        _minutes.StartMarksAfter(Followed.Minute(0));
        foreach (var minute in (int[])[1, 2]) _bitcoin.Gate.Settle(Followed.Bar(minute));
        Assert.Equal([_ether], _minutes.Behind());
    }

    [Fact]
    public void What_leaves_is_waited_for_no_more_and_what_joins_is()
    {
        _minutes.StartMarksAfter(Followed.Minute(0));
        _bitcoin.Gate.Settle(Followed.Bar(1));
        _minutes.Leave(_ether);
        Assert.True(_minutes.IsComplete());
        var newcomer = Followed.Instrument("NEWUSDT");
        newcomer.Gate.StartAfter(Followed.Bar(0));
        _minutes.Join(newcomer);
        Assert.Equal([newcomer], _minutes.Behind());
    }
}
