namespace CryptoScreener.Indicators;

internal sealed class StochRsi(int rsiPeriod, int period, int slowing, int smoothing) : Indicator
{
    internal static readonly IndicatorEntry Entry = new(
        "stochrsi",
        [
            IndicatorParameter.Period(14, name: "rsi period"),
            IndicatorParameter.Period(14, 2, 100),
            IndicatorParameter.Period(3, 1, 10, "slowing"),
            IndicatorParameter.Period(3, 1, 10, "smoothing"),
        ],
        [
            new("stochrsi_k", "score", "Stochastic of the RSI, %K: 0 to 100; 50 when the RSI did not move"),
            new("stochrsi_d", "score", "Stochastic of the RSI, %D: average of %K"),
        ],
        "",
        p => new StochRsi((int)p[0], (int)p[1], (int)p[2], (int)p[3]));

    public override int WarmUp => rsiPeriod + period + slowing + smoothing - 2;

    public override int Outputs => 2;

    public override int MemorySize => StochRsiState.Size(period, slowing, smoothing);

    public override void Commit(Span<double> memory, in Bar bar) =>
        new StochRsiState(memory, period, slowing, smoothing).Commit(bar.Close, rsiPeriod);

    public override void Evaluate(
        ReadOnlySpan<double> memory, ReadOnlySpan<double> prepared, in Bars closed, in Bar last, Span<double> values)
    {
        Span<double> next = stackalloc double[memory.Length];
        memory.CopyTo(next);
        var state = new StochRsiState(next, period, slowing, smoothing);
        state.Commit(last.Close, rsiPeriod);
        (values[0], values[1]) = (state.K, state.D);
    }

    protected override void Run(in Bars bars, double[][] values) =>
        StochRsiBatch.Run(bars.Close, rsiPeriod, period, slowing, smoothing, values);
}
