using CryptoScreener.ExchangeSimulator.Clock;
using CryptoScreener.ExchangeSimulator.Feeds;
using CryptoScreener.ExchangeSimulator.Markets;

namespace CryptoScreener.ExchangeSimulator.Binance;

/// <summary>Binance USD-M futures, put together.</summary>
internal sealed class BinanceUsdM
{
    public const string Name = "binance-futures";
    private readonly BinanceRest _rest;
    private readonly BinanceSockets _sockets;

    public BinanceUsdM(SimulatorOptions options, SimulationClock clock, TimeProvider time, IHostApplicationLifetime lifetime)
    {
        Market = MarketFactory.Create(options, clock);
        Feed = new Feed(Market, new BinanceFormat(Market), options.Rate);
        Budget = new WeightBudget(options.WeightLimit, time);
        _rest = new BinanceRest(Market, Feed, Budget);
        _sockets = new BinanceSockets(
            Feed, new BinanceStreams(Feed, Market), new BinanceSocketRules(options.StreamsPerConnection, options.MessagesPerSecond), time, lifetime);
    }

    public Market Market { get; }

    public Feed Feed { get; }

    public WeightBudget Budget { get; }

    public void Map(IEndpointRouteBuilder routes)
    {
        _rest.MapUsdM(routes);
        _sockets.MapUsdM(routes);
    }
}
