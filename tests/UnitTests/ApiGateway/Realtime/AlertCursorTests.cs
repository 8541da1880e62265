using CryptoScreener.ApiGateway.Alerts;
using CryptoScreener.ApiGateway.Auth;
using CryptoScreener.Contracts.Alerts;
using CryptoScreener.UnitTests.Contracts;

namespace CryptoScreener.UnitTests.ApiGateway.Realtime;

public sealed class AlertCursorTests
{
    private const long Epoch = 7;
    private static readonly AlertFilter Everything = new(Account.Anonymous);
    private readonly AlertRing _ring = new();

    public AlertCursorTests() => _ring.Restart(Epoch, floor: 0);

    [Fact]
    public void A_follower_gets_everything_after_its_place_once_and_in_order()
    {
        Add(1, 300);
        var cursor = new AlertCursor(_ring, Everything, Epoch, 10);
        Assert.Equal(Range(11, 300), Drain(cursor));
        Assert.Equal(0, cursor.Lag);
        Add(301, 302);
        Assert.Equal(2, cursor.Lag);
        Assert.Equal(Range(301, 302), Drain(cursor));
        Assert.Empty(Drain(cursor));
    }

    [Fact]
    public void A_place_ahead_of_this_gateway_waits_until_it_is_reached()
    {
        Add(1, 5);
        var cursor = new AlertCursor(_ring, Everything, Epoch, 8);
        Assert.Empty(Drain(cursor));
        Add(6, 10);
        Assert.Equal(Range(9, 10), Drain(cursor));
    }

    [Fact]
    public void What_it_missed_comes_before_what_is_in_the_ring()
    {
        Add(5, 6);
        var missed = new Queue<StreamedAlert>([Alert(2), Alert(3)]);
        Assert.Equal([2, 3, 5, 6], Drain(new AlertCursor(_ring, Everything, Epoch, 4, missed)));
    }

    [Fact]
    public void Who_lags_behind_the_ring_has_lost_its_place_and_gets_no_part()
    {
        Add(1, 1);
        var (slow, current) = (new AlertCursor(_ring, Everything, Epoch, 0), new AlertCursor(_ring, Everything, Epoch, 1));
        Add(2, AlertRing.Capacity + 1);
        Assert.True(_ring.Covers(Epoch, 1));
        Assert.False(_ring.Covers(Epoch, 0));
        Assert.Null(slow.Take([]));
        Assert.Equal(AlertRing.Capacity, Drain(current).Count);
    }

    [Fact]
    public void Another_stream_has_other_places()
    {
        Add(1, 3);
        var cursor = new AlertCursor(_ring, Everything, Epoch, 0);
        _ring.Restart(Epoch + 1, floor: 0);
        Assert.Null(cursor.Take([]));
        Assert.False(_ring.Covers(Epoch, 3));
    }

    [Fact]
    public void What_expired_before_our_start_is_not_covered()
    {
        _ring.Restart(Epoch, floor: 40);
        Assert.False(_ring.Covers(Epoch, 39));
        Assert.True(_ring.Covers(Epoch, 40));
        Assert.Equal((Epoch, 40UL, 40UL), _ring.Span);
    }

    [Theory]
    [InlineData(null, null, null, true)]
    [InlineData(AlertSeverity.Info, null, null, true)]
    [InlineData(AlertSeverity.Warning, null, null, true)]
    [InlineData(AlertSeverity.Critical, null, null, false)]
    [InlineData(null, "r1", null, true)]
    [InlineData(null, "r2", null, false)]
    [InlineData(null, null, "btcusdt", true)]
    [InlineData(null, null, "binance-futures:BTCUSDT", true)]
    [InlineData(null, null, "bybit-linear:BTCUSDT", false)]
    [InlineData(null, null, "ETHUSDT", false)]
    public void A_filter_restricts_by_what_it_names(AlertSeverity? severity, string? rule, string? symbol, bool matches)
    {
        var alert = GoldenFileTests.SampleAlert with
        {
            Severity = AlertSeverity.Warning,
            RuleId = "r1",
            Symbol = "BTCUSDT",
            Exchange = "binance-futures",
            Owner = null,
        };
        Assert.Equal(matches, new AlertFilter(Account.Anonymous, severity, rule, symbol).Matches(alert));
    }

    [Theory]
    [InlineData(null, null, false, true)] // built-in rules are everybody's
    [InlineData("anna", null, false, false)]
    [InlineData("anna", "anna", false, true)]
    [InlineData("anna", "bert", false, false)]
    [InlineData("anna", "root", true, true)]
    public void Private_alerts_reach_their_owner_and_administrators(string? owner, string? viewer, bool isAdmin, bool sees) =>
        Assert.Equal(sees, new AlertFilter(viewer is null ? Account.Anonymous : new Account(viewer, viewer, isAdmin ? Role.Admin : Role.Trader, []))
            .Matches(GoldenFileTests.SampleAlert with { Owner = owner }));

    private void Add(int first, int last)
    {
        for (var i = first; i <= last; i++) _ring.Add(Alert(i), isNews: true);
    }

    private static StreamedAlert Alert(int sequence) => new((ulong)sequence, GoldenFileTests.SampleAlert with { Owner = null }, ReadOnlyMemory<byte>.Empty);

    private static IEnumerable<int> Range(int first, int last) => Enumerable.Range(first, last - first + 1);

    private static List<int> Drain(AlertCursor cursor)
    {
        var found = new List<StreamedAlert>();
        while (cursor.Take(found) is true)
        {
        }

        return [.. found.Select(alert => (int)alert.Sequence)];
    }
}
