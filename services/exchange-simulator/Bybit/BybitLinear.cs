using CryptoScreener.ExchangeSimulator.Clock;
using CryptoScreener.ExchangeSimulator.Feeds;
using CryptoScreener.ExchangeSimulator.Http;
using CryptoScreener.ExchangeSimulator.Markets;
using CryptoScreener.ExchangeSimulator.Recording;
using CryptoScreener.ExchangeSimulator.Sockets;

namespace CryptoScreener.ExchangeSimulator.Bybit;

/// <summary>Bybit v5 linear perpetuals.</summary>
internal sealed class BybitLinear : Venue
{
    private const int ConnectsPerFiveMinutes = 500;
    private static readonly VenueStyle Style = new(VenueStyle.Joined, VolumeShare: 0.5, CountsInThousands: true);
    private readonly IHostApplicationLifetime _lifetime;
    private readonly RequestWindow _connects;
    private readonly BybitRest _rest;

    public BybitLinear(SimulatorOptions options, Replay replay, SimulationClock clock, TimeProvider time, IHostApplicationLifetime lifetime)
        : base("bybit-linear", replay.Market(clock, BybitRecording.Protocol) ?? MarketFactory.Create(options, clock, Style), new BybitFormat(), AtMost(1, options), Rules(options), time)
    {
        _lifetime = lifetime;
        _connects = new RequestWindow(ConnectsPerFiveMinutes, TimeSpan.FromMinutes(5), ban: TimeSpan.Zero, time);
        _rest = new BybitRest(this, time);
    }

    public override LimitTally Tally => _rest.Tally;

    public override void Map(IEndpointRouteBuilder routes)
    {
        _rest.Map(routes);
        routes.MapGet("/v5/public/linear", context =>
            SocketServer.ServeAsync(context, new BybitConversation(this), Faults, _connects, Time, _lifetime.ApplicationStopping));
    }

    public override void ForgiveLimits()
    {
        _connects.Forgive();
        _rest.ForgiveLimits();
    }

    private static ConnectionRules Rules(SimulatorOptions options) =>
        new(options.ConnectionLife, PingEvery: null, PongWithin: default, MustSpeakEvery: TimeSpan.FromMinutes(10), "No ping received");
}
