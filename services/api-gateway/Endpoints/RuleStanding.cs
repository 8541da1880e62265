using CryptoScreener.ApiGateway.Live;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.Contracts.Instruments;
using CryptoScreener.Contracts.Rules;
using CryptoScreener.Rules;
using CryptoScreener.Rules.Compilation;
using CryptoScreener.Rules.Triggers;
using CryptoScreener.Rules.Watching;
using CryptoScreener.Storage.Rules;

namespace CryptoScreener.ApiGateway.Endpoints;

/// <summary>
/// Where a rule stands on each instrument of its universe. The engine saves what is not at rest; of the others the newest frame tells
/// whether the condition is known at all.
/// </summary>
internal static class RuleStanding
{
    /// <summary>A minute is closed and its frame here seconds after it has ended; whoever had none for longer is silent.</summary>
    private const long SilentMs = 3 * Timeframe.MinuteMs;

    /// <param name="rule">One that is switched on.</param>
    /// <param name="saved">What the engine saved of it.</param>
    /// <param name="frames">The market.</param>
    /// <param name="quoteAssetOf">Empty while it is not known.</param>
    public static List<InstrumentStanding> Of(RuleDefinition rule, RulePhases saved, IEnumerable<LatestFrame> frames, Func<InstrumentId, string> quoteAssetOf)
    {
        var compiled = new ByCatalogue<CompiledRule?>(catalogue => RuleCompiler.Compile(rule, catalogue).Result);
        var phases = saved.Phases.DistinctBy(phase => phase.Instrument, StringComparer.Ordinal).ToDictionary(phase => phase.Instrument, StringComparer.Ordinal);
        var standings = new List<InstrumentStanding>();
        foreach (var frame in frames)
        {
            if (!UniverseFilter.Includes(rule.Universe, frame.Instrument, quoteAssetOf(frame.Instrument))) continue;
            if (phases.TryGetValue(frame.Instrument.ToString(), out var phase)) standings.Add(StandingOf(frame.Instrument, phase));
            else standings.Add(new InstrumentStanding(frame.Instrument, IsKnown(frame) ? TriggerPhase.Inactive : TriggerPhase.NoData, null));
        }

        return standings;

        // Held against itself: a crossing is unknown for want of numbers only, not because the frame before is not here.
        bool IsKnown(LatestFrame frame) => frame.Header.Minute >= saved.AsOf - SilentMs && compiled.Of(frame.Catalogue)?.Evaluate(frame.Values, frame.Values) is Truth.True or Truth.False;
    }

    /// <summary>What data interrupted began before that, so of "no data" nobody knows since when.</summary>
    private static InstrumentStanding StandingOf(InstrumentId instrument, RulePhase saved) =>
        (TriggerPhase)saved.Phase is var phase && phase != TriggerPhase.NoData ? new(instrument, phase, saved.Since) : new(instrument, phase, null);
}

/// <param name="Since">When it came into this state (unix ms); null at rest and without data.</param>
internal sealed record InstrumentStanding(InstrumentId Instrument, TriggerPhase Phase, long? Since);
