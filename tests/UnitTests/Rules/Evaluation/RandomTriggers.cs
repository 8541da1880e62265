using CryptoScreener.Contracts.Rules;

namespace CryptoScreener.UnitTests.Rules.Evaluation;

internal static class RandomTriggers
{
    public static TriggerOptions Next(Random random)
    {
        var options = AroundTheClock(random);
        return random.Next(4) == 0 ? options with { ActiveFrom = new TimeOnly(23, 15), ActiveUntil = new TimeOnly(0, 5) } : options;
    }

    private static TriggerOptions AroundTheClock(Random random) => new()
    {
        Mode = (TriggerMode)random.Next(6),
        Bar = random.Next(3) switch { 0 => "1m", 1 => "5m", _ => "15m" },
        EverySeconds = random.Next(3) switch { 0 => 10, 1 => 90, _ => 600 },
        HoldSeconds = random.Next(3) == 0 ? random.Next(1, 200) : 0,
        RearmSeconds = random.Next(3) == 0 ? random.Next(1, 200) : 0,
        CooldownSeconds = random.Next(4) == 0 ? random.Next(1, 900) : 0,
        MaxPerHour = random.Next(4) == 0 ? random.Next(1, 4) : 0,
        ExpiresAt = random.Next(6) == 0 ? new DateTime(2026, 1, 5, 23, 10, 30, DateTimeKind.Utc) : null,
    };
}
