using System.IO.Enumeration;
using CryptoScreener.Contracts.Instruments;
using CryptoScreener.Contracts.Rules;
using CryptoScreener.Storage.Silences;

namespace CryptoScreener.AlertEngine.Suppression;

/// <summary>The silences as last read. A lane reads one finished list.</summary>
internal sealed class SilenceBook
{
    private volatile Silence[] _silences = [];

    public void Replace(IEnumerable<Silence> silences) => _silences = [.. silences.OrderBy(silence => silence.Id)];

    /// <summary>The oldest silence that covers an alert of this rule at this event time.</summary>
    public Silence? Covering(RuleDefinition rule, InstrumentId instrument, long time)
    {
        foreach (var silence in _silences)
            if (time >= silence.StartsAt && time < silence.EndsAt && Covers(silence, rule, instrument)) return silence;
        return null;
    }

    private static bool Covers(Silence silence, RuleDefinition rule, InstrumentId instrument)
    {
        var matchers = silence.Matchers;
        return (silence.Owner is null || silence.Owner == rule.Owner)
            && (matchers.RuleId is null || matchers.RuleId == rule.Id)
            && (matchers.Severity is null || matchers.Severity == rule.Severity)
            && (matchers.Exchange is null || matchers.Exchange == instrument.Exchange)
            && (matchers.Symbol is null || FileSystemName.MatchesSimpleExpression(matchers.Symbol, instrument.Symbol));
    }
}
