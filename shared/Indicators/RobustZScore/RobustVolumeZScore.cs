namespace CryptoScreener.Indicators;

internal sealed class RobustVolumeZScore(int period) : WindowIndicator<RobustBaseline>
{
    internal static readonly IndicatorEntry Entry = new(
        "robust_zscore_volume",
        [IndicatorParameter.Period(50, 5)],
        [new("robust_zscore_volume", "score", "Quote volume of the bar, in median deviations from the median of the bars before")],
        "when most of the volumes before were the same and this one is not",
        p => new RobustVolumeZScore((int)p[0]));

    public override int WarmUp => period + 1;

    public override Lookback Lookback => new(QuoteVolume: period);

    protected override RobustBaseline Prepare(in Bars closed)
    {
        Span<double> values = stackalloc double[period];
        closed.QuoteVolume[^period..].CopyTo(values);
        return RobustKernel.Baseline(values);
    }

    protected override void Evaluate(in RobustBaseline window, in Bars closed, in Bar last, Span<double> values) =>
        values[0] = window.Score(last.QuoteVolume);

    protected override void Run(in Bars bars, double[][] values) => RobustBatch.Run(bars.QuoteVolume, 0, period, values[0]);
}
