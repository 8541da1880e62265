namespace CryptoScreener.Benchmarks.WholeSystem.Load;

/// <summary>Which stage falls behind first, if any: what is late in one is late in all that follow.</summary>
internal static class Bottleneck
{
    /// <summary>Nothing that keeps up waits so long: beyond it a queue grows.</summary>
    internal const double LateMs = 1_000;

    /// <summary>Of what came in, the least that must have come out in the same time.</summary>
    private const double LeastShare = 0.95;

    /// <summary>Of what was ordered of the simulated exchange: one instrument in sixteen is dead, and some updates tell nothing new.</summary>
    private const double LeastOffered = 0.7;

    /// <summary>A collector that reads too slowly holds the simulator back: from outside the two cannot be told apart.</summary>
    private const string Source = $"{StackUse.Simulator} or data-collector";

    /// <param name="offered">Updates a second that the exchange was to send.</param>
    internal static string? Of(double offered, double received, double calculated, IReadOnlyList<Stage> stages)
    {
        if (received < LeastOffered * offered) return Source;
        return stages.FirstOrDefault(stage => stage.P99 > LateMs)?.Process ?? (calculated < LeastShare * received ? "metrics-calculator" : null);
    }
}
