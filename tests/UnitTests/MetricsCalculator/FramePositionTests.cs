using CryptoScreener.Contracts.Marks;
using CryptoScreener.MetricsCalculator.Lanes;

namespace CryptoScreener.UnitTests.MetricsCalculator;

public sealed class FramePositionTests
{
    private FramePosition _position = new(0, new Dictionary<string, long>());

    [Fact]
    public void With_one_exchange_it_is_behind_the_last_mark()
    {
        Mark("a", minute: 1, sequence: 10);
        AssertNewest(10, ("a", 1));
        Mark("a", minute: 2, sequence: 20);
        AssertNewest(20, ("a", 2));
    }

    [Fact]
    public void It_lies_before_what_any_exchange_told_behind_its_last_mark()
    {
        Mark("a", minute: 5, sequence: 40);
        Mark("b", minute: 5, sequence: 45);
        AssertNewest(45, ("a", 5), ("b", 5));
        _position.Closed("b", minute: 6, sequence: 94);
        _position.Closed("a", minute: 6, sequence: 95); // their closes come in one another's midst
        _position.Closed("b", minute: 6, sequence: 96);
        Mark("b", minute: 6, sequence: 100);
        AssertNewest(94, ("a", 5), ("b", 6));
        Mark("a", minute: 6, sequence: 104);
        AssertNewest(104, ("a", 6), ("b", 6));
    }

    [Fact]
    public void A_mark_settles_nothing_that_was_told_of_later_minutes()
    {
        Mark("a", minute: 5, sequence: 40);
        foreach (var minute in (int[])[6, 7, 8]) _position.Closed("a", minute, sequence: (ulong)(35 + minute)); // a hole that is filled
        Mark("a", minute: 6, sequence: 44);
        AssertNewest(41, ("a", 6));
        Mark("a", minute: 7, sequence: 45);
        AssertNewest(42, ("a", 7));
        Mark("a", minute: 8, sequence: 46);
        AssertNewest(46, ("a", 8));
    }

    [Fact]
    public void An_exchange_that_marks_no_more_holds_it_while_others_tell_a_hundred_minutes_and_no_longer()
    {
        Mark("a", minute: 1, sequence: 10);
        Mark("b", minute: 1, sequence: 15);
        _position.Closed("a", minute: 2, sequence: 16);
        for (var minute = 2; minute < 101; minute++) Mark("b", minute, (ulong)(minute * 10));
        AssertNewest(15, ("a", 1), ("b", 100));
        Mark("b", minute: 101, sequence: 1_010);
        AssertNewest(1_010, ("a", 2), ("b", 101));
    }

    [Fact]
    public void An_exchange_that_speaks_again_counts_from_its_next_mark_and_does_not_move_it_back()
    {
        Mark("a", minute: 1, sequence: 10);
        _position.Closed("a", minute: 2, sequence: 11);
        for (var minute = 1; minute < 111; minute++) Mark("b", minute, (ulong)(100 + minute));
        AssertNewest(210, ("a", 2), ("b", 110));
        _position.Closed("a", minute: 112, sequence: 211);
        Mark("b", minute: 111, sequence: 212);
        AssertNewest(210, ("a", 2), ("b", 110));
        Mark("a", minute: 112, sequence: 213);
        AssertNewest(213, ("a", 112), ("b", 111));
    }

    [Fact]
    public void An_exchange_that_says_nothing_holds_up_nobody()
    {
        Mark("a", minute: 1, sequence: 10);
        for (var minute = 1; minute < 300; minute++) Mark("b", minute, (ulong)(100 + minute));
        AssertNewest(399, ("a", 1), ("b", 299));
    }

    [Fact]
    public void An_exchange_without_marks_that_goes_on_telling_candles_holds_it()
    {
        Mark("a", minute: 1, sequence: 10);
        for (var minute = 1; minute < 300; minute++)
        {
            Mark("b", minute, (ulong)(100 + (2 * minute)));
            _position.Closed("a", minute, (ulong)(101 + (2 * minute)));
        }

        AssertNewest(102, ("a", 1), ("b", 299));
    }

    [Fact]
    public void An_exchange_is_marked_there_from_its_first_mark_on()
    {
        Mark("a", minute: 1, sequence: 10);
        _position.Closed("b", minute: 7, sequence: 20);
        AssertNewest(10, ("a", 1));
        Mark("b", minute: 7, sequence: 30);
        AssertNewest(30, ("a", 1), ("b", 7));
    }

    [Fact]
    public void After_a_restart_it_stays_before_what_was_told_and_not_marked_since()
    {
        Restart(100, ("a", 5), ("b", 5));
        _position.Closed("a", minute: 6, sequence: 105);
        Mark("b", minute: 6, sequence: 110);
        AssertNewest(104, ("a", 5), ("b", 6));
        Mark("a", minute: 6, sequence: 115);
        AssertNewest(115, ("a", 6), ("b", 6));
    }

    [Fact]
    public void After_a_restart_an_exchange_of_which_nothing_was_heard_holds_up_nobody_and_keeps_its_minute()
    {
        Restart(100, ("a", 5), ("b", 5));
        Mark("b", minute: 6, sequence: 110);
        AssertNewest(110, ("a", 5), ("b", 6));
    }

    [Fact]
    public void What_is_read_again_from_before_the_stored_position_does_not_move_it()
    {
        Restart(100, ("a", 5), ("b", 5));
        _position.Closed("a", minute: 5, sequence: 70);
        Mark("a", minute: 4, sequence: 80);
        AssertNewest(100, ("a", 5), ("b", 5));
        Mark("a", minute: 6, sequence: 120);
        AssertNewest(120, ("a", 6), ("b", 5));
    }

    [Fact]
    public void Asking_again_changes_nothing()
    {
        Mark("a", minute: 1, sequence: 10);
        _position.Closed("a", minute: 2, sequence: 15);
        Mark("b", minute: 1, sequence: 20);
        AssertNewest(14, ("a", 1), ("b", 1));
        AssertNewest(14, ("a", 1), ("b", 1));
    }

    [Fact]
    public void The_marked_minutes_survive_their_storage()
    {
        var minutes = new Dictionary<string, long> { ["binance-futures"] = 1_763_656_440_000, ["okx-swap"] = 1_763_656_380_000 };
        Assert.Equal(minutes, FramePositionJson.Read(FramePositionJson.Write(minutes)));
    }

    private void Restart(ulong sequence, params (string Exchange, long Minute)[] minutes) =>
        _position = new FramePosition(sequence, minutes.ToDictionary(m => m.Exchange, m => m.Minute));

    private void Mark(string exchange, long minute, ulong sequence) => _position.Marked(new Mark(exchange, 0, minute, 1, [], 0, 1), sequence);

    private void AssertNewest(ulong sequence, params (string Exchange, long Minute)[] minutes)
    {
        var newest = _position.Newest();
        Assert.Equal(sequence, newest.Sequence);
        Assert.Equal(minutes.ToDictionary(m => m.Exchange, m => m.Minute), newest.Minutes);
    }
}
