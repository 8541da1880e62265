using System.Collections.Frozen;
using System.Collections.Immutable;
using CryptoScreener.Contracts.Hashing;

namespace CryptoScreener.Contracts.Catalogue;

/// <summary>
/// The metrics a calculator publishes, in the order in which a frame holds them. Immutable; named by its hash, so a
/// reader maps columns by name and two versions live side by side during a roll-out.
/// </summary>
public sealed class MetricCatalogue
{
    private readonly FrozenDictionary<string, int> _columns;

    public MetricCatalogue(IEnumerable<MetricDefinition> metrics)
    {
        Metrics = [.. metrics];
        _columns = Metrics.Select((m, i) => (m.Name, i)).ToFrozenDictionary(m => m.Name, m => m.i, StringComparer.Ordinal);
        Hash = HashOf(Metrics);
    }

    public ImmutableArray<MetricDefinition> Metrics { get; }

    public ulong Hash { get; }

    public int Count => Metrics.Length;

    /// <summary>The position of a metric in a frame; −1 when this catalogue does not have it.</summary>
    public int ColumnOf(string name) => _columns.GetValueOrDefault(name, -1);

    private static ulong HashOf(ImmutableArray<MetricDefinition> metrics)
    {
        var hash = new Fnv1a64();
        foreach (var metric in metrics) hash = hash.Add(metric.Name).Add((byte)'\n');
        return hash.Value;
    }
}
