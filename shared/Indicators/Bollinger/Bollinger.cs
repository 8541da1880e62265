namespace CryptoScreener.Indicators;

internal sealed class Bollinger(int period, double multiplier) : WindowIndicator<BollingerWindow>
{
    internal static readonly IndicatorEntry Entry = new(
        "bb",
        [IndicatorParameter.Period(20), IndicatorParameter.Multiplier(2)],
        [
            new("bb_upper", "price", "Bollinger: mean of the close plus so many standard deviations"),
            new("bb_middle", "price", "Bollinger: mean of the close"),
            new("bb_lower", "price", "Bollinger: mean of the close less so many standard deviations"),
            new("bb_width", "percent", "Bollinger: upper less lower band, in percent of the middle"),
            new("bb_percent", "ratio", "Bollinger %B: 0 at the lower band, 1 at the upper; 0.5 when they coincide"),
        ],
        "",
        p => new Bollinger((int)p[0], p[1]));

    public override int WarmUp => period;

    public override int Outputs => 5;

    public override Lookback Lookback => new(Close: period - 1);

    protected override BollingerWindow Prepare(in Bars closed) => BollingerWindow.Prepare(in closed, period);

    protected override void Evaluate(in BollingerWindow window, in Bars closed, in Bar last, Span<double> values) =>
        (values[0], values[1], values[2], values[3], values[4]) = window.Value(last.Close, period, multiplier);

    protected override void Run(in Bars bars, double[][] values) => BollingerBatch.Run(bars.Close, period, multiplier, values);
}
