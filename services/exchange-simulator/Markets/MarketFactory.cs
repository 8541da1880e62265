using CryptoScreener.ExchangeSimulator.Clock;

namespace CryptoScreener.ExchangeSimulator.Markets;

/// <summary>Builds a venue's market: the seeded universe with some instruments in reserve for later listings.</summary>
internal static class MarketFactory
{
    public static Market Create(SimulatorOptions options, SimulationClock clock, VenueStyle style)
    {
        var instruments = Universe.Create(options.Seed, options.Instruments + options.Reserve, style);
        var listings = instruments.Select(i => new Listing(i, new GeneratedMinutes(options.Seed, i, options.Instruments, options.LeastTrades))
        {
            ListedAt = i.Index < options.Instruments ? i.ListedAt : Listing.Never,
        });
        return new Market(clock, listings);
    }
}
