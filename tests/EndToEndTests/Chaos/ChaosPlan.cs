using System.Diagnostics.CodeAnalysis;

namespace CryptoScreener.EndToEndTests.Chaos;

/// <summary>Which faults when, drawn beforehand: the same seed, the same schedule. They overlap, except on the same target.</summary>
[SuppressMessage("Security", "CA5394", Justification = "Reproducible by its seed.")]
internal static class ChaosPlan
{
    private static readonly TimeSpan MostBetween = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(4);

    /// <summary>As many as are asked for; the classes take turns, and within a class every kind comes once before any comes again.</summary>
    public static IReadOnlyList<PlannedFault> Of(int seed, int count, IReadOnlyList<ChaosFault> kinds)
    {
        var random = new Random(seed);
        var planned = new List<PlannedFault>();
        var free = new Dictionary<string, TimeSpan>(StringComparer.Ordinal);
        var at = TimeSpan.Zero;
        foreach (var fault in Drawn(random, kinds).Take(count))
        {
            at += MostBetween * random.NextDouble();
            var lasts = Shortest + ((Longest - Shortest) * random.NextDouble());
            var after = free.GetValueOrDefault(fault.Target) is var end && end > at ? end : at;
            planned.Add(new PlannedFault(fault, after, lasts));
            free[fault.Target] = after + lasts + MostBetween;
        }

        return planned;
    }

    private static IEnumerable<ChaosFault> Drawn(Random random, IReadOnlyList<ChaosFault> kinds)
    {
        var classes = kinds.GroupBy(kind => kind.Class).Select(one => Shuffled(random, [.. one]).GetEnumerator()).ToArray();
        while (true)
        {
            random.Shuffle(classes);
            foreach (var one in classes)
                if (one.MoveNext()) yield return one.Current;
        }
    }

    /// <summary>For ever: all in one order, then all in another.</summary>
    private static IEnumerable<ChaosFault> Shuffled(Random random, ChaosFault[] deck)
    {
        while (true)
        {
            random.Shuffle(deck);
            foreach (var fault in deck) yield return fault;
        }
    }
}
