namespace CryptoScreener.Rules.Triggers;

/// <summary>What an evaluation brought: nothing, an end, a firing, or an end and a new firing, in that order.</summary>
/// <param name="FiredKey">See <see cref="TriggerPlan.KeyText"/>.</param>
/// <param name="ResolvedKey">The key of the firing that ended.</param>
public readonly record struct TriggerOutcome(bool Fires, bool Resolves, long FiredKey, long ResolvedKey)
{
    public static TriggerOutcome None => default;
}
