using System.Net;
using CryptoScreener.ApiGateway.Realtime;
using CryptoScreener.ApiGateway.Realtime.Sockets;
using CryptoScreener.Testing;
using Microsoft.Extensions.Options;

namespace CryptoScreener.UnitTests.ApiGateway.Realtime;

public sealed class AdmissionTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public void As_many_are_let_in_as_there_is_room_for()
    {
        var admission = Of(connections: 2, perMinute: 100);
        Assert.Equal(AdmissionAnswer.Welcome, admission.Enter(IPAddress.Loopback));
        Assert.Equal(AdmissionAnswer.Welcome, admission.Enter(IPAddress.Loopback));
        Assert.Equal(AdmissionAnswer.Full, admission.Enter(IPAddress.Loopback));
        admission.Leave();
        Assert.Equal(AdmissionAnswer.Welcome, admission.Enter(IPAddress.Loopback));
        Assert.Equal(2, admission.Connected);
    }

    [Fact]
    public void An_address_that_connects_too_often_waits_for_the_next_minute_and_others_do_not()
    {
        var admission = Of(connections: 100, perMinute: 2);
        var (one, other) = (IPAddress.Parse("10.0.0.1"), IPAddress.Parse("10.0.0.2"));
        admission.Enter(one);
        admission.Enter(one);
        Assert.Equal(AdmissionAnswer.TooOften, admission.Enter(one));
        Assert.Equal(AdmissionAnswer.TooOften, admission.Enter(one.MapToIPv6()));
        Assert.Equal(AdmissionAnswer.Welcome, admission.Enter(other));
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(AdmissionAnswer.Welcome, admission.Enter(one));
    }

    [Fact]
    public void A_network_of_64_bits_is_one_address()
    {
        var admission = Of(connections: 100, perMinute: 1);
        Assert.Equal(AdmissionAnswer.Welcome, admission.Enter(IPAddress.Parse("2001:db8::1")));
        Assert.Equal(AdmissionAnswer.TooOften, admission.Enter(IPAddress.Parse("2001:db8::2")));
        Assert.Equal(AdmissionAnswer.Welcome, admission.Enter(IPAddress.Parse("2001:db8:0:1::1")));
    }

    [Fact]
    public void A_rate_allows_a_burst_and_then_so_many_a_second()
    {
        var gate = new RateGate(perSecond: 10, burst: 3, _time);
        Assert.Equal([true, true, true, false], Enumerable.Range(0, 4).Select(_ => gate.TryTake()));
        Assert.Equal(TimeSpan.FromMilliseconds(100), gate.Wait);
        _time.Advance(TimeSpan.FromMilliseconds(100));
        Assert.True(gate.TryTake());
        Assert.False(gate.TryTake());
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Equal([true, true, true, false], Enumerable.Range(0, 4).Select(_ => gate.TryTake()));
    }

    [Theory]
    [InlineData(null, true)] // a program, not a page
    [InlineData("http://screener.example:8080", true)] // our own page
    [InlineData("https://trusted.example", true)]
    [InlineData("https://trusted.example.evil", false)]
    [InlineData("https://evil.example", false)]
    [InlineData("null", false)]
    public void Pages_of_other_origins_are_refused(string? origin, bool isAllowed) =>
        Assert.Equal(isAllowed, OriginCheck.IsAllowed(origin, "screener.example:8080", ["https://trusted.example/"]));

    [Fact]
    public void A_star_allows_every_origin() => Assert.True(OriginCheck.IsAllowed("https://evil.example", "screener.example", ["*"]));

    private Admission Of(int connections, int perMinute) =>
        new(Options.Create(new RealtimeOptions { MaxConnections = connections, ConnectsPerMinute = perMinute }), _time);
}
