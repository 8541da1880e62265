using CryptoScreener.ExchangeSimulator.Faults;

namespace CryptoScreener.UnitTests.Simulator;

public class FaultBoardTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public void A_fault_strikes_as_often_as_ordered_and_only_where_ordered()
    {
        var board = new FaultBoard(_time);
        board.Add(new FaultOrder(FaultKind.Malformed, Symbol: "A", Count: 2));
        Assert.Null(board.Take(FaultKind.Malformed, "B"));
        Assert.Null(board.Take(FaultKind.Truncated, "A"));
        Assert.NotNull(board.Take(FaultKind.Malformed, "A"));
        Assert.NotNull(board.Take(FaultKind.Malformed, "A"));
        Assert.Null(board.Take(FaultKind.Malformed, "A"));
        Assert.True(board.IsEmpty);
        Assert.Equal(2, board.Strikes[FaultKind.Malformed]);
    }

    [Fact]
    public void A_fault_without_numbers_strikes_once()
    {
        var board = new FaultBoard(_time);
        board.Add(new FaultOrder(FaultKind.Absurd));
        Assert.NotNull(board.Take(FaultKind.Absurd, "A"));
        Assert.Null(board.Take(FaultKind.Absurd, "A"));
    }

    [Fact]
    public void A_state_without_numbers_lasts_half_a_minute()
    {
        var board = new FaultBoard(_time);
        board.Add(new FaultOrder(FaultKind.Refuse));
        _time.Advance(TimeSpan.FromSeconds(29.9));
        Assert.True(board.Refuses);
        _time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.False(board.Refuses);
        Assert.True(board.IsEmpty);
    }

    [Fact]
    public void Orders_are_read_alone_or_as_an_array()
    {
        Assert.Equal(new FaultOrder(FaultKind.HalfOpen, Count: 3), Assert.Single(FaultOrder.Parse("""{"kind":"half_open","count":3}"""u8)));
        Assert.Equal([FaultKind.Drop, FaultKind.Stall], FaultOrder.Parse(""" [{"kind":"drop"},{"kind":"stall","after":1.5}]"""u8).Select(o => o.Kind));
    }
}
