using System.Collections.Concurrent;
using System.Collections.Immutable;
using CryptoScreener.Contracts.Catalogue;
using CryptoScreener.Contracts.Rules;
using CryptoScreener.Rules.Compilation;
using CryptoScreener.Rules.Presets;

namespace CryptoScreener.AlertEngine.RuleBook;

/// <summary>
/// What rules there are, and their compiled form for each catalogue that frames name.
/// </summary>
internal sealed class RulesInForce(ILogger<RulesInForce> logger)
{
    private sealed record Edition(long Revision, ImmutableArray<RuleDefinition> Definitions, ConcurrentDictionary<ulong, RuleSet> Compiled);

    private volatile Edition _current = new(0, [.. BuiltInRules.All], new ConcurrentDictionary<ulong, RuleSet>());

    private readonly TaskCompletionSource _loaded = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when the database's rules were read once: before, a state of a user's rule would be taken for left over.</summary>
    public Task WhenLoadedAsync(CancellationToken stop) => _loaded.Task.WaitAsync(stop);

    public int Count => _current.Definitions.Length;

    /// <summary>Puts these rules in force. A faulty one stays off alone; the others are not held up by it.</summary>
    public void Replace(IEnumerable<RuleDefinition> definitions)
    {
        ImmutableArray<RuleDefinition> enabled = [.. definitions.Where(d => d.Enabled).OrderBy(d => d.Id, StringComparer.Ordinal)];
        var current = _current;
        var same = current.Definitions.Length == enabled.Length
            && current.Definitions.Zip(enabled).All(pair => pair.First.Id == pair.Second.Id && pair.First.Version == pair.Second.Version);
        if (!same) _current = new Edition(current.Revision + 1, enabled, new ConcurrentDictionary<ulong, RuleSet>());
        _loaded.TrySetResult();
    }

    public RuleSet For(MetricCatalogue catalogue)
    {
        var edition = _current;
        return edition.Compiled.GetOrAdd(catalogue.Hash, _ => Compile(edition, catalogue));
    }

    private RuleSet Compile(Edition edition, MetricCatalogue catalogue)
    {
        var rules = ImmutableArray.CreateBuilder<CompiledRule>(edition.Definitions.Length);
        foreach (var definition in edition.Definitions)
        {
            var compilation = RuleCompiler.Compile(definition, catalogue);
            if (compilation.Result is { } rule) rules.Add(rule);
            else EngineLog.RuleFaulty(logger, definition.Id, definition.Version, string.Join("; ", compilation.Errors));
        }

        EngineLog.RulesLoaded(logger, rules.Count, edition.Definitions.Length - rules.Count);
        return new RuleSet(edition.Revision, catalogue, rules.DrainToImmutable());
    }
}
