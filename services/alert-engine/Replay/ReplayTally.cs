using CryptoScreener.Contracts.Alerts;
using CryptoScreener.Contracts.Instruments;
using CryptoScreener.Rules.Compilation;

namespace CryptoScreener.AlertEngine.Replay;

/// <summary>What one lane of a replay found. One writer.</summary>
internal sealed class ReplayTally(ReplayPlan plan)
{
    /// <summary>Of one lane: an honest answer needs them all in memory.</summary>
    private const int MostFirings = 200_000;

    private readonly Dictionary<CompiledRule, List<Firing>> _firings = plan.Rules.ToDictionary(rule => rule, _ => new List<Firing>());
    private int _count;

    public Dictionary<InstrumentId, BaselineEntries> Baseline { get; } = [];

    public long Minutes { get; set; }

    public IReadOnlyList<Firing> Of(CompiledRule rule) => _firings[rule];

    public double[] Fired(CompiledRule rule, InstrumentId instrument, long key, long minute, double price, ReadOnlySpan<double> frame)
    {
        if (++_count > MostFirings)
            throw new ReplayException($"The rules fire more than {MostFirings:N0} times: take fewer rules or instruments, a shorter time or a rarer condition.");
        var metrics = new double[rule.Metrics.Length];
        for (var i = 0; i < metrics.Length; i++) metrics[i] = rule.Metrics[i].In(frame);
        var id = AlertId.Of(rule.Definition.Id, rule.Definition.Version, instrument, rule.Trigger.KeyText(key));
        var firing = new Firing(id, instrument, minute, price, metrics, Horizons.Unknown());
        _firings[rule].Add(firing);
        return firing.Returns;
    }

    public double[] Entered(InstrumentId instrument, string quoteAsset)
    {
        if (!Baseline.TryGetValue(instrument, out var entries)) Baseline[instrument] = entries = new BaselineEntries(quoteAsset, []);
        var returns = Horizons.Unknown();
        entries.Returns.Add(returns);
        return returns;
    }
}

/// <summary>The returns of random entries on one instrument.</summary>
internal sealed record BaselineEntries(string QuoteAsset, List<double[]> Returns);
