namespace CryptoScreener.Indicators;

internal sealed class Stochastic(int period, int slowing, int smoothing) : WindowIndicator<StochasticWindow>
{
    internal static readonly IndicatorEntry Entry = new(
        "stoch",
        [
            IndicatorParameter.Period(14),
            IndicatorParameter.Period(3, 1, 10, "slowing"),
            IndicatorParameter.Period(3, 1, 10, "smoothing"),
        ],
        [
            new("stoch_k", "score", "Stochastic %K: where the close stands in the range of the period, averaged; 50 without a range"),
            new("stoch_d", "score", "Stochastic %D: average of %K"),
        ],
        "",
        p => new Stochastic((int)p[0], (int)p[1], (int)p[2]));

    public override int WarmUp => period + slowing + smoothing - 2;

    public override int Outputs => 2;

    public override Lookback Lookback => new(Close: slowing + smoothing - 2, HighLow: WarmUp - 1);

    protected override StochasticWindow Prepare(in Bars closed) => StochasticWindow.Prepare(in closed, period, slowing, smoothing);

    protected override void Evaluate(in StochasticWindow window, in Bars closed, in Bar last, Span<double> values) =>
        (values[0], values[1]) = window.Value(in last, slowing, smoothing);

    protected override void Run(in Bars bars, double[][] values) => StochasticBatch.Run(in bars, period, slowing, smoothing, values);
}
