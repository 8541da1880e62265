using System.Runtime.InteropServices;
using CryptoScreener.Rules.Triggers;
using CryptoScreener.Storage.Rules;

namespace CryptoScreener.AlertEngine.Evaluation;

/// <summary>What of the saved states people may look at: where rules stand that are not at rest.</summary>
internal static class SavedPhases
{
    /// <summary>A page shows a hundred; a million rules that all fire must not make the snapshot as large as they are.</summary>
    private const int Most = 100_000;

    public static PartitionPhases Of(IReadOnlyList<SavedInstrument> instruments, int most = Most)
    {
        var rules = new Dictionary<string, List<RulePhase>>(StringComparer.Ordinal);
        foreach (var instrument in instruments)
        {
            foreach (var trigger in instrument.Triggers)
            {
                if (trigger.State.Phase == TriggerPhase.Inactive) continue;
                if (most-- == 0) return new PartitionPhases(Complete: false, rules);
                ref var phases = ref CollectionsMarshal.GetValueRefOrAddDefault(rules, trigger.Rule, out _);
                (phases ??= []).Add(new RulePhase(instrument.Instrument, (byte)trigger.State.Phase, trigger.State.Since));
            }
        }

        return new PartitionPhases(Complete: true, rules);
    }
}
