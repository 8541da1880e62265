namespace CryptoScreener.Indicators;

internal sealed class Sma(int period) : WindowIndicator<SmaWindow>
{
    internal static readonly IndicatorEntry Entry = new(
        "sma",
        [IndicatorParameter.Period(20)],
        [new("sma", "price", "Simple moving average of the close")],
        "",
        p => new Sma((int)p[0]));

    public override int WarmUp => period;

    public override Lookback Lookback => new(Close: period - 1);

    protected override SmaWindow Prepare(in Bars closed) => SmaWindow.Prepare(in closed, period);

    protected override void Evaluate(in SmaWindow window, in Bars closed, in Bar last, Span<double> values) =>
        values[0] = window.Value(last.Close, period);

    protected override void Run(in Bars bars, double[][] values) => SmaBatch.Run(bars.Close, period, values[0]);
}
