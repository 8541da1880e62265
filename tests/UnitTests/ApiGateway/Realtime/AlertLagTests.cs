using CryptoScreener.ApiGateway.Realtime;
using CryptoScreener.ApiGateway.Realtime.Sockets;

namespace CryptoScreener.UnitTests.ApiGateway.Realtime;

/// <summary>Who is too slow for the alerts: not who is behind after a burst, but who stays behind.</summary>
public sealed class AlertLagTests
{
    private readonly FollowedRing _ring = new(new RealtimeOptions { MaxAlertLag = 200, AlertLagPatience = TimeSpan.FromSeconds(10) });

    [Fact]
    public void A_burst_is_caught_up_with()
    {
        Assert.Equal(Supply.Dry, Take());
        _ring.Add("BTCUSDT", 1_000);
        Assert.Equal(Supply.More, Take());
        _ring.Time.Advance(TimeSpan.FromSeconds(9));
        while (Take() == Supply.More) { }
        _ring.Add("BTCUSDT", 1_000); // another one later is another one
        _ring.Time.Advance(TimeSpan.FromSeconds(9));
        Assert.Equal(Supply.More, Take());
    }

    [Fact]
    public void Who_stays_behind_is_too_slow()
    {
        Take();
        _ring.Add("BTCUSDT", 1_000);
        Assert.Equal(Supply.More, Take());
        _ring.Time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(Supply.Lost, Take());
    }

    [Fact]
    public void Who_catches_up_after_a_resume_has_all_the_time_of_the_ring()
    {
        _ring.Add("BTCUSDT", 1_000);
        Assert.Equal(Supply.More, Take());
        _ring.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(Supply.More, Take());
    }

    private Supply Take() => _ring.Take([]);
}
