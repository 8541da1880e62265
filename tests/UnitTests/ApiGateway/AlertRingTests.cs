using CryptoScreener.ApiGateway.Alerts;
using CryptoScreener.UnitTests.Contracts;

namespace CryptoScreener.UnitTests.ApiGateway;

public sealed class AlertRingTests
{
    private const int Capacity = 10_000;
    private readonly AlertRing _ring = new();

    [Fact]
    public void The_newest_come_first()
    {
        Add(1, 5);
        Assert.Equal([5UL, 4UL, 3UL, 2UL, 1UL], All());
    }

    [Fact]
    public void What_does_not_match_is_left_out()
    {
        Add(1, 3);
        _ring.Add(new StreamedAlert(4, GoldenFileTests.SampleAlert with { Symbol = "ETHUSDT" }, ReadOnlyMemory<byte>.Empty), isNews: true);
        Add(5, 6);
        Assert.Equal([6UL, 5UL, 3UL, 2UL, 1UL], _ring.Find(a => a.Symbol == "BTCUSDT").Found.Select(a => a.Sequence));
        Assert.Equal([4UL], _ring.Find(a => a.Symbol == "ETHUSDT").Found.Select(a => a.Sequence));
    }

    [Fact]
    public void When_it_is_full_the_oldest_goes()
    {
        Add(1, Capacity + 2);
        var all = All();
        Assert.Equal(Capacity, all.Count);
        Assert.Equal((Capacity + 2, 3UL), ((int)all[0], all[^1]));
    }

    [Fact]
    public void Subscribers_hear_of_a_new_alert_once_it_can_be_found()
    {
        var heard = new List<int>();
        _ring.Added += alert => heard.Add(_ring.Find(a => a.Id == alert.Event.Id).Found.Count);
        Add(1, 2);
        Assert.Equal([1, 2], heard); // which have the same id here
    }

    [Fact]
    public void What_was_there_before_we_started_is_served_and_not_pushed()
    {
        var pushed = 0;
        _ring.Added += _ => pushed++;
        Add(1, 2, isNews: false);
        Assert.Equal([2UL, 1UL], All());
        Assert.Equal(0, pushed);
    }

    private void Add(int first, int last, bool isNews = true)
    {
        for (var i = first; i <= last; i++) _ring.Add(new StreamedAlert((ulong)i, GoldenFileTests.SampleAlert, ReadOnlyMemory<byte>.Empty), isNews);
    }

    private List<ulong> All() => [.. _ring.Find(_ => true).Found.Select(a => a.Sequence)];
}
