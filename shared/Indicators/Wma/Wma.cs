namespace CryptoScreener.Indicators;

internal sealed class Wma(int period) : WindowIndicator<WmaWindow>
{
    internal static readonly IndicatorEntry Entry = new(
        "wma",
        [IndicatorParameter.Period(20)],
        [new("wma", "price", "Average of the close, weighted 1, 2, 3 … towards the last bar")],
        "",
        p => new Wma((int)p[0]));

    public override int WarmUp => period;

    public override Lookback Lookback => new(Close: period - 1);

    protected override WmaWindow Prepare(in Bars closed) => WmaWindow.Prepare(in closed, period);

    protected override void Evaluate(in WmaWindow window, in Bars closed, in Bar last, Span<double> values) =>
        values[0] = window.Value(last.Close, period);

    protected override void Run(in Bars bars, double[][] values) => WmaBatch.Run(bars.Close, period, values[0]);
}
