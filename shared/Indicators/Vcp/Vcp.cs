namespace CryptoScreener.Indicators;

/// <summary>Of the last bar alone: there is nothing to remember.</summary>
internal sealed class Vcp : Indicator
{
    internal static readonly IndicatorEntry Entry = new(
        "vcp",
        [],
        [new("vcp", "ratio", "(P/WA)·((C−L)−(H−C))/(H−L) with WA = (O+C)/2: which end of the bar the price is at")],
        "",
        _ => new Vcp());

    public override int WarmUp => 1;

    public override void Evaluate(
        ReadOnlySpan<double> memory, ReadOnlySpan<double> prepared, in Bars closed, in Bar last, Span<double> values) =>
        values[0] = VcpKernel.Position(last.Open, last.High, last.Low, last.Close);

    protected override void Run(in Bars bars, double[][] values) => VcpBatch.Run(in bars, values[0]);
}
