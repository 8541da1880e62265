using CryptoScreener.ExchangeSimulator.Clock;
using CryptoScreener.ExchangeSimulator.Feeds;
using CryptoScreener.ExchangeSimulator.Http;
using CryptoScreener.ExchangeSimulator.Markets;
using CryptoScreener.ExchangeSimulator.Recording;

namespace CryptoScreener.ExchangeSimulator.Binance;

/// <summary>What Binance's two markets have in common.</summary>
internal abstract class BinanceVenue(string name, Market market, double updatesPerSecond, ConnectionRules rules, WeightBudget budget, TimeProvider time)
    : Venue(name, market, new BinanceFormat(), updatesPerSecond, rules, time)
{
    public WeightBudget Budget { get; } = budget;

    public override LimitTally Tally => Budget.Tally;

    public override void ForgiveLimits() => Budget.Forgive();

    public override string? ShutdownNotice() => $"{{\"e\":\"serverShutdown\",\"E\":{Market.Clock.NowMs}}}";
}

/// <summary>Binance USD-M futures: candles only on /market; /public, /private and the retired plain addresses stay silent.</summary>
internal sealed class BinanceUsdM(SimulatorOptions options, Replay replay, SimulationClock clock, TimeProvider time, IHostApplicationLifetime lifetime)
    : BinanceVenue("binance-futures", replay.Market(clock, BinanceRecording.Protocol) ?? MarketFactory.Create(options, clock, Style), options.Rate, Rules(options), new WeightBudget(options.WeightLimit, options.LimitMinute, time), time)
{
    private static readonly VenueStyle Style = new(VenueStyle.Joined, VolumeShare: 1, CountsInThousands: true);

    public override void Map(IEndpointRouteBuilder routes)
    {
        var rest = new BinanceRest(this, BinanceRestRules.UsdM, Time);
        rest.Map(routes.MapGroup("/fapi/v1"));
        var sockets = new BinanceSockets(this, new BinanceSocketRules(options.StreamsPerConnection, options.MessagesPerSecond), connects: null, Time, lifetime);
        sockets.Map(routes.MapGroup("/market"), delivers: true);
        sockets.Map(routes.MapGroup("/public"), delivers: false);
        sockets.Map(routes.MapGroup("/private"), delivers: false);
        sockets.Map(routes.MapGroup(""), delivers: false);
    }

    private static ConnectionRules Rules(SimulatorOptions options) => new(options.ConnectionLife, options.PingInterval, options.PongDeadline);
}

/// <summary>Binance spot. Its sockets' addresses are those that USD-M has retired, so they stand below the name only.</summary>
internal sealed class BinanceSpot(SimulatorOptions options, Replay replay, SimulationClock clock, TimeProvider time, IHostApplicationLifetime lifetime)
    : BinanceVenue("binance-spot", replay.Market(clock, BinanceRecording.Protocol) ?? MarketFactory.Create(options, clock, Style), AtMost(0.5, options), Rules(options), new WeightBudget(SpotWeightLimit, options.LimitMinute, time), time)
{
    private const int SpotWeightLimit = 6_000;
    private const int SpotMessagesPerSecond = 5;
    private const int ConnectsPerFiveMinutes = 300;
    private static readonly VenueStyle Style = new(VenueStyle.Joined, VolumeShare: 0.3, CountsInThousands: false);
    private readonly RequestWindow _connects = new(ConnectsPerFiveMinutes, TimeSpan.FromMinutes(5), ban: TimeSpan.Zero, time);

    public override bool OwnsRoot => false;

    public override void Map(IEndpointRouteBuilder routes)
    {
        var rest = new BinanceRest(this, BinanceRestRules.Spot, Time);
        rest.Map(routes.MapGroup("/api/v3"));
        var sockets = new BinanceSockets(this, new BinanceSocketRules(options.StreamsPerConnection, SpotMessagesPerSecond), _connects, Time, lifetime);
        sockets.Map(routes.MapGroup(""), delivers: true);
    }

    public override void ForgiveLimits()
    {
        base.ForgiveLimits();
        _connects.Forgive();
    }

    private static ConnectionRules Rules(SimulatorOptions options) =>
        new(options.ConnectionLife, PingEvery: TimeSpan.FromSeconds(20), PongWithin: TimeSpan.FromMinutes(1));
}
