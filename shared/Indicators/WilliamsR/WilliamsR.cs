namespace CryptoScreener.Indicators;

internal sealed class WilliamsR(int period) : WindowIndicator<WilliamsRWindow>
{
    internal static readonly IndicatorEntry Entry = new(
        "willr",
        [IndicatorParameter.Period(14)],
        [new("willr", "score", "Williams %R: −100 at the lowest low, 0 at the highest high; −50 without a range")],
        "",
        p => new WilliamsR((int)p[0]));

    public override int WarmUp => period;

    public override Lookback Lookback => new(HighLow: period - 1);

    protected override WilliamsRWindow Prepare(in Bars closed) => WilliamsRWindow.Prepare(in closed, period);

    protected override void Evaluate(in WilliamsRWindow window, in Bars closed, in Bar last, Span<double> values) =>
        values[0] = window.Value(in last);

    protected override void Run(in Bars bars, double[][] values) => WilliamsRBatch.Run(in bars, period, values[0]);
}
