namespace CryptoScreener.Indicators;

/// <summary>The mean moves with the forming bar, and with it every distance from it: this one walks its window for each value.</summary>
internal sealed class Cci(int period) : Indicator
{
    internal static readonly IndicatorEntry Entry = new(
        "cci",
        [IndicatorParameter.Period(20, 2, 200)],
        [new("cci", "score", "Commodity channel index of the typical price; 0 when nothing moved")],
        "",
        p => new Cci((int)p[0]));

    public override int WarmUp => period;

    public override Lookback Lookback => new(Close: period - 1, HighLow: period - 1);

    public override void Evaluate(
        ReadOnlySpan<double> memory, ReadOnlySpan<double> prepared, in Bars closed, in Bar last, Span<double> values)
    {
        var others = closed.Last(period - 1);
        values[0] = CciKernel.Index(in others, last.TypicalPrice);
    }

    protected override void Run(in Bars bars, double[][] values) => CciBatch.Run(in bars, period, values[0]);
}
