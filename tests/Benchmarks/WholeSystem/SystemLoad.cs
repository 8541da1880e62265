namespace CryptoScreener.Benchmarks.WholeSystem;

/// <summary>What the simulated exchange does.</summary>
/// <param name="Rate">Updates a second and instrument.</param>
/// <param name="Speed">Simulated seconds in a real one: how much more often than once a minute all close.</param>
/// <param name="Minutes">Simulated minutes to measure.</param>
internal sealed record SystemLoad(int Instruments, int Rate, int Speed, int Minutes)
{
    public string Name => Instruments == 1 ? "1 instrument" : $"{Instruments} instruments";

    /// <summary>An update without a new trade is not sent.</summary>
    public int LeastTrades { get; init; } = 60;

    /// <summary>Further settings of every worker.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();
}
