namespace CryptoScreener.Indicators;

internal sealed class Mfi(int period) : WindowIndicator<MfiWindow>
{
    internal static readonly IndicatorEntry Entry = new(
        "mfi",
        [IndicatorParameter.Period(14, 2, 200)],
        [new("mfi", "score", "Money flow index: part of the flow that came with a rising typical price, 0 to 100; 50 without flow")],
        "",
        p => new Mfi((int)p[0]));

    public override int WarmUp => period + 1;

    public override Lookback Lookback => new(Close: period, HighLow: period, Volume: period);

    protected override MfiWindow Prepare(in Bars closed) => MfiWindow.Prepare(in closed, period);

    protected override void Evaluate(in MfiWindow window, in Bars closed, in Bar last, Span<double> values) =>
        values[0] = window.Value(in last);

    protected override void Run(in Bars bars, double[][] values) => MfiBatch.Run(in bars, period, values[0]);
}
