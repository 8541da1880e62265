using CryptoScreener.ExchangeSimulator.Clock;
using CryptoScreener.ExchangeSimulator.Tapes;

namespace CryptoScreener.ExchangeSimulator.Markets;

/// <summary>Builds a market from the settings: the seeded universe, with taped instruments in place of generated ones of the same name.</summary>
internal static class MarketFactory
{
    public static Market Create(SimulatorOptions options, SimulationClock clock)
    {
        var instruments = Universe.Create(options.Seed, options.Instruments);
        var listings = instruments.Select(i => new Listing(i, new GeneratedMinutes(options.Seed, i, instruments.Length)));
        var market = new Market(clock, listings);
        if (options.Tape is { } path) Tape.Parse(File.ReadAllBytes(path)).Play(market);
        return market;
    }
}
