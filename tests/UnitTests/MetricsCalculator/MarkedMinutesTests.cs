using CryptoScreener.Contracts.Marks;
using CryptoScreener.MetricsCalculator.Lanes;

namespace CryptoScreener.UnitTests.MetricsCalculator;

public sealed class MarkedMinutesTests
{
    private readonly MarkedMinutes _marks = new(new Dictionary<string, long> { ["a"] = 3 });

    [Fact]
    public void What_a_former_owner_marks_behind_its_successor_does_not_lead_back()
    {
        Assert.True(Take("a", minute: 4, epoch: 5));
        Assert.True(Take("a", minute: 9, epoch: 6));
        Assert.False(Take("a", minute: 5, epoch: 5));
        Assert.Equal(9, _marks.Of("a"));
        Assert.True(Take("a", minute: 10, epoch: 6));
        Assert.Equal(10, _marks.Of("a"));
    }

    [Fact]
    public void Exchanges_have_owners_of_their_own()
    {
        Assert.True(Take("a", minute: 9, epoch: 6));
        Assert.True(Take("b", minute: 4, epoch: 2));
        Assert.Equal((9, 4, 0), (_marks.Of("a"), _marks.Of("b"), _marks.Of("c")));
    }

    private bool Take(string exchange, long minute, long epoch) => _marks.TryTake(new Mark(exchange, 0, minute, 1, [], 0, epoch));
}
