using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.Contracts.Catalogue;

namespace CryptoScreener.Rules.Compilation;

internal enum ArgumentKind : byte { Number, Timeframe, Name }

/// <summary>A catalogue as the language looks at it: by name in any case, and by function to judge parameters it does not have yet.</summary>
internal sealed class MetricNames
{
    private static readonly ConditionalWeakTable<MetricCatalogue, MetricNames> Known = [];

    private readonly FrozenDictionary<string, int> _columns;
    private readonly FrozenDictionary<string, ImmutableArray<MetricDefinition>> _functions;

    private MetricNames(MetricCatalogue catalogue)
    {
        Catalogue = catalogue;
        _columns = catalogue.Metrics
            .Select((metric, column) => (metric.Name, column))
            .DistinctBy(m => m.Name, StringComparer.OrdinalIgnoreCase)
            .ToFrozenDictionary(m => m.Name, m => m.column, StringComparer.OrdinalIgnoreCase);
        _functions = catalogue.Metrics
            .GroupBy(m => m.Function, StringComparer.OrdinalIgnoreCase)
            .ToFrozenDictionary(g => g.Key, g => g.ToImmutableArray(), StringComparer.OrdinalIgnoreCase);
    }

    public MetricCatalogue Catalogue { get; }

    public IEnumerable<string> Functions => _functions.Keys;

    /// <summary>Made once per catalogue: a million rules are compiled against the same one.</summary>
    public static MetricNames Of(MetricCatalogue catalogue) => Known.GetValue(catalogue, static c => new MetricNames(c));

    public int ColumnOf(string name) => _columns.GetValueOrDefault(name, -1);

    /// <summary>The catalogue's entries of one function; empty when it has none.</summary>
    public ImmutableArray<MetricDefinition> Entries(string function) => _functions.GetValueOrDefault(function, []);

    public static ArgumentKind KindOf(string argument)
    {
        if (Timeframe.TryParse(argument, out _)) return ArgumentKind.Timeframe;
        return argument.Length > 0 && char.IsAsciiDigit(argument[0]) ? ArgumentKind.Number : ArgumentKind.Name;
    }
}
