namespace CryptoScreener.Benchmarks.WholeSystem;

/// <summary>What the simulated exchange does.</summary>
/// <param name="Rate">Updates a second and instrument.</param>
/// <param name="Speed">Simulated seconds in a real one: how much more often than once a minute all close.</param>
/// <param name="Minutes">Simulated minutes to measure.</param>
internal sealed record SystemLoad(int Instruments, int Rate, int Speed, int Minutes)
{
    /// <summary>Whether it offers more than the least the whole must sustain.</summary>
    public bool IsFull => Instruments * Rate > 5_000;

    public string Name => Instruments == 1 ? "1 instrument" : $"{Instruments} instruments";
}
