using CryptoScreener.ExchangeSimulator.Faults;
using CryptoScreener.ExchangeSimulator.Feeds;
using CryptoScreener.ExchangeSimulator.Http;
using CryptoScreener.ExchangeSimulator.Markets;

namespace CryptoScreener.ExchangeSimulator;

/// <summary>One simulated exchange and market: its instruments, what it pushes, what is wrong with it, and its addresses.</summary>
internal abstract class Venue
{
    protected Venue(string name, Market market, IWireFormat format, double updatesPerSecond, ConnectionRules rules, TimeProvider time)
    {
        Name = name;
        Time = time;
        Market = market;
        Faults = new FaultBoard(time);
        Feed = new Feed(market, format, Faults, updatesPerSecond);
        Care = new ConnectionCare(Feed, rules, time);
    }

    public string Name { get; }

    public Market Market { get; }

    public FaultBoard Faults { get; }

    public Feed Feed { get; }

    public ConnectionCare Care { get; }

    protected TimeProvider Time { get; }

    /// <summary>Whether its addresses stand at the root too, and not only below its name.</summary>
    public virtual bool OwnsRoot => true;

    /// <summary>Adds the venue's addresses below <paramref name="routes"/>.</summary>
    public abstract void Map(IEndpointRouteBuilder routes);

    /// <summary>What the limits of its HTTP interface have turned away.</summary>
    public abstract LimitTally Tally { get; }

    /// <summary>Forgets what clients have used up of their limits.</summary>
    public abstract void ForgiveLimits();

    /// <summary>What clients are told before a planned shutdown; null where nothing is said.</summary>
    public virtual string? ShutdownNotice() => null;

    /// <summary>Updates per second where the exchange pushes at most so many; compressed time pushes them closer together.</summary>
    protected static double AtMost(double perSecond, SimulatorOptions options) => Math.Min(options.Rate, perSecond * Math.Max(1, options.Speed));
}
