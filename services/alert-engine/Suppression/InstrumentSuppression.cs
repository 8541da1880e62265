using CryptoScreener.Contracts.Alerts;
using CryptoScreener.Contracts.Rules;

namespace CryptoScreener.AlertEngine.Suppression;

/// <summary>
/// Which alerts of one instrument its receivers need not hear. Decided by event time and what fired before on the same
/// instrument alone, so every replica that evaluates the same frames decides alike. Empty for nearly every instrument.
/// </summary>
internal sealed class InstrumentSuppression
{
    private Dictionary<string, CriticalAlert> _criticals = [];
    private Dictionary<string, AlertSuppression> _firings = [];

    /// <summary>Null when there is nothing to keep.</summary>
    public SavedSuppression? Save(Func<string, bool> isOpen)
    {
        foreach (var rule in _firings.Keys.Where(rule => !isOpen(rule)).ToList()) _firings.Remove(rule);
        return _criticals.Count + _firings.Count == 0 ? null : new SavedSuppression(new(_criticals), new(_firings));
    }

    public void Restore(SavedSuppression saved) => (_criticals, _firings) = (new(saved.Criticals), new(saved.Firings));

    /// <summary>A critical alert is delivered: for a while it says all there is to say to its receivers.</summary>
    public void Told(RuleDefinition rule, string alertId, long time) => _criticals[rule.Owner ?? ""] = new CriticalAlert(alertId, time);

    /// <summary>The critical alert to the same receivers that makes one of this rule superfluous.</summary>
    public CriticalAlert? InhibitorOf(RuleDefinition rule, long time, long window) =>
        rule.Severity != AlertSeverity.Critical
        && _criticals.TryGetValue(rule.Owner ?? "", out var critical)
        && time - critical.At < window
            ? critical
            : null;

    /// <summary>Remembers what became of a rule's newest firing, for its end.</summary>
    public void Fired(string rule, AlertSuppression? suppressed)
    {
        if (suppressed is null) _firings.Remove(rule);
        else _firings[rule] = suppressed;
    }

    /// <summary>The end of a firing shares its fate: who heard of it hears of its end, and nobody else does.</summary>
    public AlertSuppression? Ended(string rule) => _firings.Remove(rule, out var suppressed) ? suppressed : null;
}
