namespace CryptoScreener.ExchangeSimulator.Markets;

/// <summary>How restless an hour is: slow and fast swings multiplied, so that calm and wild hours come in clusters.</summary>
internal readonly struct Mood(ulong key)
{
    private readonly ulong _weeks = Mix.Bits(key, 1);
    private readonly ulong _days = Mix.Bits(key, 2);
    private readonly ulong _quarters = Mix.Bits(key, 3);
    private readonly ulong _hours = Mix.Bits(key, 4);

    public double At(long hour) => Math.Exp(
        (0.20 * Mix.Bell(_weeks, hour / 168)) + (0.20 * Mix.Bell(_days, hour / 24)) + (0.20 * Mix.Bell(_quarters, hour / 6)) + (0.15 * Mix.Bell(_hours, hour)));
}
