namespace CryptoScreener.Rules.Compilation;

/// <summary>A metric that a rule looks at.</summary>
/// <param name="Name">In its one spelling, for instance <c>rsi(14,1h)</c>.</param>
/// <param name="Column">Where frames hold it; −1 when the catalogue does not have it yet.</param>
public readonly record struct RuleMetric(string Name, int Column)
{
    /// <summary>Its value in a frame; NaN when unknown.</summary>
    public double In(ReadOnlySpan<double> frame) => CompiledCondition.ValueAt(frame, Column);
}
