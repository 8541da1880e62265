using CryptoScreener.Contracts.Catalogue;
using CryptoScreener.Contracts.Rules;
using CryptoScreener.Rules.Presets;

namespace CryptoScreener.AlertEngine.RuleBook;

/// <summary>
/// What rules there are, and their compiled form for each catalogue that frames name. Changes are compiled on the thread
/// that brings them; a lane only ever reads a finished set.
/// </summary>
internal sealed class RulesInForce(ILogger<RulesInForce> logger)
{
    // Two during a roll-out and two that grew meanwhile; an older one that still comes is compiled again.
    private const int MostCatalogues = 4;

    private readonly TaskCompletionSource _loaded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _change = new();
    private volatile Dictionary<string, RuleDefinition> _definitions = ById(BuiltInRules.All);
    private volatile CatalogueRules[] _compiled = [];

    /// <summary>Completes when the database's rules were read once: before, a state of a user's rule would be taken for left over.</summary>
    public Task WhenLoadedAsync(CancellationToken stop) => _loaded.Task.WaitAsync(stop);

    public int Count => _definitions.Count;

    public int CooldownSecondsOf(string id) => _definitions.TryGetValue(id, out var rule) ? rule.Trigger.CooldownSeconds : 0;

    /// <summary>As compiled for the newest catalogue; null before one was seen.</summary>
    public CatalogueRules? Newest => _compiled is [var newest, ..] ? newest : null;

    /// <summary>Puts these rules in force. A faulty one does not hold up the others.</summary>
    public void Replace(IEnumerable<RuleDefinition> definitions)
    {
        lock (_change)
        {
            var next = ById(definitions);
            var changed = next.Values.Where(d => !_definitions.TryGetValue(d.Id, out var old) || old.Version != d.Version).ToList();
            var gone = _definitions.Keys.Where(id => !next.ContainsKey(id)).ToList();
            _definitions = next;
            if (changed.Count + gone.Count > 0) _compiled = [.. _compiled.Select(rules => Changed(rules, changed, gone))];
        }

        _loaded.TrySetResult();
    }

    /// <summary>Compiles at the first sight of a catalogue: ask beside the lane before a frame of it is put there.</summary>
    public CatalogueRules For(MetricCatalogue catalogue) => Find(catalogue) ?? CompileAll(catalogue);

    private CatalogueRules? Find(MetricCatalogue catalogue)
    {
        foreach (var rules in _compiled)
            if (rules.Catalogue.Hash == catalogue.Hash) return rules;
        return null;
    }

    private CatalogueRules CompileAll(MetricCatalogue catalogue)
    {
        lock (_change)
        {
            if (Find(catalogue) is { } compiled) return compiled;
            var rules = Changed(CatalogueRules.Empty(catalogue), _definitions.Values, []);
            _compiled = [rules, .. _compiled.Take(MostCatalogues - 1)];
            return rules;
        }
    }

    private CatalogueRules Changed(CatalogueRules rules, IReadOnlyCollection<RuleDefinition> changed, IReadOnlyCollection<string> gone)
    {
        var next = rules.With(changed, gone);
        foreach (var definition in changed)
            if (next.Faults.TryGetValue(definition.Id, out var fault)) EngineLog.RuleFaulty(logger, definition.Id, fault.Version, fault.Errors);
        EngineLog.RulesLoaded(logger, next.Set.Count, next.Faults.Count);
        return next;
    }

    private static Dictionary<string, RuleDefinition> ById(IEnumerable<RuleDefinition> definitions) =>
        definitions.Where(d => d.Enabled).OrderBy(d => d.Id, StringComparer.Ordinal).ToDictionary(d => d.Id, StringComparer.Ordinal);
}
