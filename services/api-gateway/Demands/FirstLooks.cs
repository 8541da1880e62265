using System.Collections.Concurrent;

namespace CryptoScreener.ApiGateway.Demands;

/// <summary>
/// When metrics were first looked at. Who edits a filter looks at many for a moment, and each that is calculated feeds every
/// instrument anew: only what is still looked at a little later is asked for.
/// </summary>
internal sealed class FirstLooks(TimeProvider time)
{
    /// <summary>Who asks every hour still looks.</summary>
    public static readonly TimeSpan Lapse = TimeSpan.FromHours(2);

    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(10);
    private const int MostKnown = 4_096;

    private readonly ConcurrentDictionary<string, long> _looks = new(StringComparer.Ordinal);

    /// <returns>Whether it was looked at before, and not just now.</returns>
    public bool IsStill(string name)
    {
        if (_looks.TryGetValue(name, out var first) && time.GetElapsedTime(first) is var since && since < Lapse) return since >= Settled;
        if (_looks.Count >= MostKnown) _looks.Clear(); // all begin anew
        _looks[name] = time.GetTimestamp();
        return false;
    }
}
