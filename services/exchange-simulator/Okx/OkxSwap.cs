using CryptoScreener.ExchangeSimulator.Clock;
using CryptoScreener.ExchangeSimulator.Feeds;
using CryptoScreener.ExchangeSimulator.Http;
using CryptoScreener.ExchangeSimulator.Markets;
using CryptoScreener.ExchangeSimulator.Recording;
using CryptoScreener.ExchangeSimulator.Sockets;

namespace CryptoScreener.ExchangeSimulator.Okx;

/// <summary>OKX v5 perpetual swaps.</summary>
internal sealed class OkxSwap : Venue
{
    private const int ConnectsPerSecond = 3;
    private const int SubscriptionRequestsPerHour = 480;
    private static readonly VenueStyle Style = new((asset, quote) => $"{asset}-{quote}-SWAP", VolumeShare: 0.4, CountsInThousands: false);
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(30);
    private readonly IHostApplicationLifetime _lifetime;
    private readonly RequestWindow _connects;
    private readonly OkxRest _rest;

    public OkxSwap(SimulatorOptions options, Replay replay, SimulationClock clock, TimeProvider time, IHostApplicationLifetime lifetime)
        : base("okx-swap", replay.Market(clock, OkxRecording.Protocol) ?? MarketFactory.Create(options, clock, Style), new OkxFormat(), AtMost(1, options), Rules(options), time)
    {
        _lifetime = lifetime;
        _connects = new RequestWindow(ConnectsPerSecond, TimeSpan.FromSeconds(1), ban: TimeSpan.Zero, time);
        _rest = new OkxRest(this, time);
    }

    public override LimitTally Tally => _rest.Tally;

    public override void Map(IEndpointRouteBuilder routes)
    {
        _rest.Map(routes);
        routes.MapGet("/ws/v5/business", context => ServeAsync(context, new OkxChannels(HasCandles: true, HasTickers: false)));
        routes.MapGet("/ws/v5/public", context => ServeAsync(context, new OkxChannels(HasCandles: false, HasTickers: true)));
    }

    public override string? ShutdownNotice() =>
        """{"event":"notice","code":"64008","msg":"The connection will soon be closed for a service upgrade. Please reconnect.","connId":"a4d3ae55"}""";

    public override void ForgiveLimits()
    {
        _connects.Forgive();
        _rest.ForgiveLimits();
    }

    private Task ServeAsync(HttpContext context, OkxChannels channels)
    {
        var requests = new RequestWindow(SubscriptionRequestsPerHour, TimeSpan.FromHours(1), ban: TimeSpan.Zero, Time);
        return SocketServer.ServeAsync(context, new OkxConversation(this, channels, requests), Faults, _connects, Time, _lifetime.ApplicationStopping);
    }

    private static ConnectionRules Rules(SimulatorOptions options) =>
        new(options.ConnectionLife, PingEvery: null, PongWithin: default, MustSpeakEvery: Silence, "No data received in 30s.");
}
