namespace CryptoScreener.Indicators;

internal sealed class RobustReturnZScore(int period) : WindowIndicator<RobustReturnWindow>
{
    internal static readonly IndicatorEntry Entry = new(
        "robust_zscore_return",
        [IndicatorParameter.Period(50, 5)],
        [new("robust_zscore_return", "score", "Return of the bar, in median deviations from the median of the returns before")],
        "when most of the returns before were the same and this one is not",
        p => new RobustReturnZScore((int)p[0]));

    public override int WarmUp => period + 2;

    public override Lookback Lookback => new(Close: period + 1);

    protected override RobustReturnWindow Prepare(in Bars closed) => RobustReturnWindow.Prepare(in closed, period);

    protected override void Evaluate(in RobustReturnWindow window, in Bars closed, in Bar last, Span<double> values) =>
        values[0] = window.Score(last.Close);

    protected override void Run(in Bars bars, double[][] values) =>
        RobustBatch.Run(ReturnKernel.Of(bars.Close), 1, period, values[0]);
}
