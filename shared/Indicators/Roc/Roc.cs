namespace CryptoScreener.Indicators;

internal sealed class Roc(int period) : WindowIndicator<RocWindow>
{
    internal static readonly IndicatorEntry Entry = new(
        "roc",
        [IndicatorParameter.Period(12, 1)],
        [new("roc", "percent", "Close against the close so many bars before")],
        "",
        p => new Roc((int)p[0]));

    public override int WarmUp => period + 1;

    public override Lookback Lookback => new(Close: period);

    protected override RocWindow Prepare(in Bars closed) => RocWindow.Prepare(in closed, period);

    protected override void Evaluate(in RocWindow window, in Bars closed, in Bar last, Span<double> values) =>
        values[0] = window.Value(last.Close);

    protected override void Run(in Bars bars, double[][] values) => RocBatch.Run(bars.Close, period, values[0]);
}
