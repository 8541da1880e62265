namespace CryptoScreener.Indicators;

internal sealed class Donchian(int period) : WindowIndicator<DonchianWindow>
{
    internal static readonly IndicatorEntry Entry = new(
        "donchian",
        [IndicatorParameter.Period(20)],
        [
            new("donchian_upper", "price", "Donchian: highest high, the last bar included"),
            new("donchian_middle", "price", "Donchian: middle of highest high and lowest low"),
            new("donchian_lower", "price", "Donchian: lowest low, the last bar included"),
        ],
        "",
        p => new Donchian((int)p[0]));

    public override int WarmUp => period;

    public override int Outputs => 3;

    public override Lookback Lookback => new(HighLow: period - 1);

    protected override DonchianWindow Prepare(in Bars closed) => DonchianWindow.Prepare(in closed, period);

    protected override void Evaluate(in DonchianWindow window, in Bars closed, in Bar last, Span<double> values) =>
        (values[0], values[1], values[2]) = window.Value(in last);

    protected override void Run(in Bars bars, double[][] values) => DonchianBatch.Run(in bars, period, values);
}
