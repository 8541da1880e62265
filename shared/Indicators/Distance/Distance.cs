namespace CryptoScreener.Indicators;

internal sealed class Distance(int period) : WindowIndicator<DistanceWindow>
{
    internal static readonly IndicatorEntry Entry = new(
        "distance",
        [IndicatorParameter.Period(30)],
        [
            new("high_distance", "percent", "Close against the highest high of so many bars, the last one included: 0 at a new high"),
            new("low_distance", "percent", "Close against the lowest low of so many bars, the last one included: 0 at a new low"),
        ],
        "",
        p => new Distance((int)p[0]));

    public override int WarmUp => period;

    public override int Outputs => 2;

    public override Lookback Lookback => new(HighLow: period - 1);

    protected override DistanceWindow Prepare(in Bars closed) => DistanceWindow.Prepare(in closed, period);

    protected override void Evaluate(in DistanceWindow window, in Bars closed, in Bar last, Span<double> values) =>
        (values[0], values[1]) = window.Value(in last);

    protected override void Run(in Bars bars, double[][] values) => DistanceBatch.Run(in bars, period, values);
}
