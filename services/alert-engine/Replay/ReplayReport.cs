using CryptoScreener.Contracts.Candles;
using CryptoScreener.Contracts.Instruments;
using CryptoScreener.Rules.Compilation;
using CryptoScreener.Rules.Watching;

namespace CryptoScreener.AlertEngine.Replay;

/// <summary>What all lanes found together. The order of lanes does not show.</summary>
internal static class ReplayReport
{
    /// <summary>So many firings of a rule are told one by one.</summary>
    internal const int MostTold = 1_000;

    public static ReplayResult Of(ReplayPlan plan, int instruments, IReadOnlyList<ReplayTally> tallies)
    {
        var baseline = tallies.SelectMany(tally => tally.Baseline).OrderBy(entry => entry.Key).ToList();
        var rules = plan.Rules.Select(rule => Of(rule, tallies, Comparable(rule, baseline))).ToList();
        return new ReplayResult(instruments, tallies.Sum(tally => tally.Minutes), plan.Request.Seed, rules);
    }

    private static ReplayedRule Of(CompiledRule rule, IReadOnlyList<ReplayTally> tallies, IReadOnlyList<double[]> baseline)
    {
        var firings = tallies.SelectMany(tally => tally.Of(rule)).OrderBy(firing => firing.Minute).ThenBy(firing => firing.Instrument).ToList();
        var summary = Horizons.Names
            .Select((name, i) => KeyValuePair.Create(name, Summary(firings.Select(firing => firing.Returns[i]), baseline.Select(returns => returns[i]))))
            .ToDictionary(StringComparer.Ordinal);
        var told = firings.TakeLast(MostTold).Reverse().Select(firing => Told(rule, firing)).ToList();
        return new ReplayedRule(rule.Definition.Id, ReplayPlan.IsApproximate(rule.Definition), told, firings.Count, summary);
    }

    /// <summary>A rule is compared with random entries on the instruments it looks at.</summary>
    private static List<double[]> Comparable(CompiledRule rule, IEnumerable<KeyValuePair<InstrumentId, BaselineEntries>> baseline) =>
        [.. baseline.Where(entry => UniverseFilter.Includes(rule.Definition.Universe, entry.Key, entry.Value.QuoteAsset)).SelectMany(entry => entry.Value.Returns)];

    private static ReplayedFiring Told(CompiledRule rule, Firing firing)
    {
        var metadata = new Dictionary<string, double>(StringComparer.Ordinal);
        for (var i = 0; i < firing.Metrics.Length; i++)
            if (double.IsFinite(firing.Metrics[i])) metadata[rule.Metrics[i].Name] = firing.Metrics[i];
        var returns = new Dictionary<string, double>(StringComparer.Ordinal);
        for (var i = 0; i < firing.Returns.Length; i++)
            if (double.IsFinite(firing.Returns[i])) returns[Horizons.Names[i]] = firing.Returns[i];
        return new ReplayedFiring(
            firing.Id, firing.Instrument.Exchange, firing.Instrument.Symbol,
            DateTimeOffset.FromUnixTimeMilliseconds(firing.Minute + Timeframe.MinuteMs).UtcDateTime, firing.Price, metadata, returns);
    }

    internal static HorizonSummary Summary(IEnumerable<double> returns, IEnumerable<double> baseline)
    {
        double[] sorted = [.. returns.Where(double.IsFinite).Order()];
        double[] random = [.. baseline.Where(double.IsFinite)];
        return new HorizonSummary(
            sorted.Length, Mean(sorted), Median(sorted), HitRate(sorted), sorted.Length == 0 ? null : sorted[^1], sorted.Length == 0 ? null : sorted[0],
            random.Length, Mean(random), HitRate(random));
    }

    private static double? Mean(double[] returns) => returns.Length == 0 ? null : returns.Average();

    private static double? HitRate(double[] returns) => returns.Length == 0 ? null : (double)returns.Count(value => value > 0) / returns.Length;

    private static double? Median(double[] sorted) => sorted.Length switch
    {
        0 => null,
        var n when n % 2 == 1 => sorted[n / 2],
        var n => (sorted[(n / 2) - 1] + sorted[n / 2]) / 2,
    };
}
