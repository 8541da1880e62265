using CryptoScreener.ExchangeSimulator;
using CryptoScreener.ExchangeSimulator.Clock;
using CryptoScreener.ExchangeSimulator.Markets;

namespace CryptoScreener.UnitTests.Simulator;

/// <summary>Markets whose clock a test moves by hand.</summary>
internal static class Markets
{
    public static readonly DateTimeOffset Start = new(2026, 3, 4, 12, 34, 0, TimeSpan.Zero);

    private static readonly VenueStyle Style = new(VenueStyle.Joined, VolumeShare: 1, CountsInThousands: true);

    public static Market At(DateTimeOffset now, int instruments = 50, ulong seed = 1) =>
        MarketFactory.Create(new SimulatorOptions { Instruments = instruments, Reserve = 0, Seed = seed }, Clock(now), Style);

    public static SimulationClock Clock(DateTimeOffset now) => new(TimeProvider.System, now, speed: 0);

    public static long Minute(DateTimeOffset time) => time.ToUnixTimeMilliseconds() / MinutePath.MillisecondsPerMinute;
}
