namespace CryptoScreener.Indicators;

internal sealed class ReturnZScore(int period) : RecursiveIndicator<ReturnZScoreState>
{
    internal static readonly IndicatorEntry Entry = new(
        "zscore_return",
        [IndicatorParameter.Period(20)],
        [new("zscore_return", "score", "Return of the bar, in deviations from the exponentially weighted mean of the returns before")],
        "when the returns before never varied and now do",
        p => new ReturnZScore((int)p[0]));

    public override int WarmUp => period + 2;

    protected override void Commit(ref ReturnZScoreState state, in Bar bar) => state.Commit(bar.Close, period);

    protected override void Read(in ReturnZScoreState state, in Bar last, Span<double> values) => values[0] = state.Score;

    protected override void Run(in Bars bars, double[][] values) =>
        EwmaBatch.Run(ReturnKernel.Of(bars.Close), 1, period, values[0]);
}
