namespace CryptoScreener.Indicators;

internal sealed class VolumeZScore(int period) : RecursiveIndicator<EwmaState>
{
    internal static readonly IndicatorEntry Entry = new(
        "zscore_volume",
        [IndicatorParameter.Period(20)],
        [new("zscore_volume", "score", "Quote volume of the bar, in deviations from the exponentially weighted mean of the bars before")],
        "when the volume before never varied and now does",
        p => new VolumeZScore((int)p[0]));

    public override int WarmUp => period + 1;

    protected override void Commit(ref EwmaState state, in Bar bar) => state.Commit(bar.QuoteVolume, period);

    protected override void Read(in EwmaState state, in Bar last, Span<double> values) => values[0] = state.Score;

    protected override void Run(in Bars bars, double[][] values) => EwmaBatch.Run(bars.QuoteVolume, 0, period, values[0]);
}
