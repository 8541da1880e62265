using CryptoScreener.ApiGateway.Alerts;
using CryptoScreener.ApiGateway.Auth;
using CryptoScreener.ApiGateway.Realtime;
using CryptoScreener.ApiGateway.Realtime.Channels;
using CryptoScreener.ApiGateway.Realtime.Sockets;
using CryptoScreener.ApiGateway.Realtime.Topics;
using CryptoScreener.Testing;
using CryptoScreener.UnitTests.Contracts;

namespace CryptoScreener.UnitTests.ApiGateway.Realtime;

/// <summary>Who is too slow for the alerts: not who is behind after a burst, but who stays behind.</summary>
public sealed class AlertLagTests : IWake
{
    private const long Epoch = 7;
    private static readonly RealtimeOptions Options = new() { MaxAlertLag = 200, AlertLagPatience = TimeSpan.FromSeconds(10) };
    private readonly ManualTime _time = new();
    private readonly AlertRing _ring = new();
    private readonly AlertSubscription _follower;
    private int _added;

    public AlertLagTests()
    {
        _ring.Restart(Epoch, floor: 0);
        _follower = new AlertSubscription(
            "alerts-1", new AlertStart(new AlertCursor(_ring, new AlertFilter(Account.Anonymous), Epoch, 0), From: 0, Recovered: false),
            new AlertMessages(), new AlertBell(_ring), this, Options, _time);
    }

    void IWake.Wake()
    {
    }

    [Fact]
    public void A_burst_is_caught_up_with()
    {
        Assert.Equal(Supply.Dry, Take());
        Add(1_000);
        Assert.Equal(Supply.More, Take());
        _time.Advance(TimeSpan.FromSeconds(9));
        while (Take() == Supply.More) { }
        Add(1_000); // another one later is another one
        _time.Advance(TimeSpan.FromSeconds(9));
        Assert.Equal(Supply.More, Take());
    }

    [Fact]
    public void Who_stays_behind_is_too_slow()
    {
        Take();
        Add(1_000);
        Assert.Equal(Supply.More, Take());
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(Supply.Lost, Take());
    }

    [Fact]
    public void Who_catches_up_after_a_resume_has_all_the_time_of_the_ring()
    {
        Add(1_000);
        Assert.Equal(Supply.More, Take());
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(Supply.More, Take());
    }

    private Supply Take() => _follower.Take([]);

    private void Add(int count)
    {
        for (var i = 0; i < count; i++)
            _ring.Add(new StreamedAlert((ulong)++_added, GoldenFileTests.SampleAlert with { Owner = null }, "{}"u8.ToArray()), isNews: true);
    }
}
