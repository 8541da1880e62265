namespace CryptoScreener.Indicators;

internal sealed class Obv : RecursiveIndicator<ObvState>
{
    internal static readonly IndicatorEntry Entry = new(
        "obv",
        [],
        [new("obv", "base", "On-balance volume, counted from the first bar of the series: only its changes mean something")],
        "",
        _ => new Obv());

    public override int WarmUp => 1;

    protected override void Commit(ref ObvState state, in Bar bar) => state.Commit(in bar);

    protected override void Read(in ObvState state, in Bar last, Span<double> values) => values[0] = state.Value;

    protected override void Run(in Bars bars, double[][] values) => ObvBatch.Run(in bars, values[0]);
}
