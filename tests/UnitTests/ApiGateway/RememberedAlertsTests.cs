using CryptoScreener.ApiGateway.Alerts;
using CryptoScreener.ApiGateway.Endpoints;
using CryptoScreener.Storage.Alerts;
using CryptoScreener.UnitTests.Contracts;

namespace CryptoScreener.UnitTests.ApiGateway;

/// <summary>The list of alerts without the database: all since a time, or none.</summary>
public sealed class RememberedAlertsTests
{
    private static readonly DateTime Noon = new(2026, 11, 20, 12, 0, 0, DateTimeKind.Utc);
    private readonly AlertRing _ring = new();
    private ulong _added;

    [Fact]
    public void All_since_a_time_are_given_in_the_order_of_their_times()
    {
        _ring.Restart(epoch: At(0), floor: 0);
        foreach (var minute in (int[])[1, 3, 2]) Add(minute);
        _ring.MarkLoaded();
        Assert.Equal(["a2", "a3"], Since(2));
        Assert.Equal(["a2"], Since(1, limit: 1));
    }

    [Fact]
    public void Until_the_stream_is_read_nobody_knows_what_is_missing()
    {
        _ring.Restart(epoch: At(0), floor: 0);
        Add(1);
        Assert.Null(Since(1));
    }

    [Fact]
    public void What_an_older_stream_held_is_not_in_memory()
    {
        _ring.Restart(epoch: At(5), floor: 0);
        _ring.MarkLoaded();
        Assert.Null(Since(4));
        Assert.Empty(Since(6)!);
    }

    [Fact]
    public void What_had_left_the_stream_before_it_was_read_is_missing()
    {
        _ring.Restart(epoch: At(0), floor: 7);
        _ring.MarkLoaded();
        Assert.Null(Since(100)); // for nothing is known yet
        Add(10);
        Assert.Null(Since(10));
        Assert.Empty(Since(12)!);
    }

    [Fact]
    public void What_was_pushed_out_is_missing()
    {
        _ring.Restart(epoch: At(0), floor: 0);
        _ring.MarkLoaded();
        Add(5);
        for (var i = 0; i < AlertRing.Capacity; i++) Add(3);
        Assert.Null(Since(4));
        Assert.Null(Since(5));
        Assert.Empty(Since(6)!);
    }

    [Fact]
    public void The_newest_are_given_whatever_is_missing()
    {
        _ring.Restart(epoch: At(0), floor: 7);
        Add(1);
        Assert.Equal(["a1"], Find(new AlertQuery()));
    }

    [Fact]
    public void The_newest_are_those_of_the_newest_times_whatever_the_streams_order()
    {
        _ring.Restart(epoch: At(0), floor: 0);
        foreach (var minute in (int[])[1, 3, 2]) Add(minute);
        _ring.MarkLoaded();
        Assert.Equal(["a2", "a3"], Find(new AlertQuery { Limit = 2 }));
        Assert.Equal(["a2"], Find(new AlertQuery { Limit = 1 }));
    }

    [Fact]
    public void A_page_has_a_next_one_only_when_nothing_is_missing_through_its_end()
    {
        _ring.Restart(epoch: At(0), floor: 7);
        foreach (var minute in (int[])[1, 5, 4]) Add(minute);
        Assert.False(HasNext(1)); // the stream is still being read
        _ring.MarkLoaded();
        Assert.True(HasNext(1));
        Assert.True(HasNext(2));
        Assert.False(HasNext(3)); // beside the third there were others
        Assert.False(HasNext(4));
    }

    private bool HasNext(int limit) => RememberedAlerts.Find(_ring, new AlertQuery { Limit = limit })!.Value.HasNext;

    private List<string>? Since(int minute, int limit = 10) => Find(new AlertQuery { Since = At(minute), Limit = limit });

    private List<string>? Find(AlertQuery query) => RememberedAlerts.Find(_ring, query)?.Alerts.ConvertAll(alert => alert.Id);

    private void Add(int minute)
    {
        var id = $"a{++_added}";
        var alert = GoldenFileTests.SampleAlert with { Id = id, Owner = null, Timestamp = Noon.AddMinutes(minute), EvaluatedAt = At(minute) };
        _ring.Add(new StreamedAlert(_added, alert, ReadOnlyMemory<byte>.Empty), isNews: true);
    }

    private static long At(int minute) => new DateTimeOffset(Noon.AddMinutes(minute)).ToUnixTimeMilliseconds();
}
