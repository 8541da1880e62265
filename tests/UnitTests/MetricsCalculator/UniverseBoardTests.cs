using CryptoScreener.Contracts.Instruments;
using CryptoScreener.MetricsCalculator.Universe;
using CryptoScreener.Testing;

namespace CryptoScreener.UnitTests.MetricsCalculator;

public sealed class UniverseBoardTests
{
    private static readonly CancellationToken NoStop = CancellationToken.None;
    private readonly ManualTime _time = new();
    private readonly UniverseBoard _board;

    public UniverseBoardTests() => _board = new UniverseBoard(_time);

    [Fact]
    public async Task Who_waits_for_a_set_goes_on_when_it_is_there()
    {
        var waiting = _board.WaitAsync("a", 2, NoStop);
        _board.Add("a", Set(1));
        Assert.False(waiting.IsCompleted);
        _board.Add("b", Set(2));
        Assert.False(waiting.IsCompleted);
        _board.Add("a", Set(2));
        await waiting;
        Assert.NotNull(_board.Find("a", 2));
    }

    [Fact]
    public async Task A_set_that_does_not_come_is_waited_for_once_until_another_comes()
    {
        var waiting = _board.WaitAsync("a", 1, NoStop);
        _time.Advance(TimeSpan.FromSeconds(10));
        await waiting;
        Assert.True(_board.WaitAsync("a", 2, NoStop).IsCompleted);
        _board.Add("a", Set(2));
        Assert.False(_board.WaitAsync("a", 3, NoStop).IsCompleted);
    }

    [Fact]
    public void A_set_that_is_past_is_neither_waited_for_nor_kept_for_ever()
    {
        for (var minute = 1; minute <= 17; minute++) _board.Add("a", Set(minute));
        Assert.True(_board.WaitAsync("a", 1, NoStop).IsCompleted);
        Assert.Null(_board.Find("a", 1));
        Assert.NotNull(_board.Find("a", 2));
        Assert.Null(_board.Find("b", 2));
    }

    private static UniverseSet Set(long minute) => new(minute, new Dictionary<InstrumentId, double[]>(), null);
}
