namespace CryptoScreener.Indicators;

internal sealed class Supertrend(int period, double multiplier) : RecursiveIndicator<SupertrendState>
{
    internal static readonly IndicatorEntry Entry = new(
        "supertrend",
        [IndicatorParameter.Period(10), IndicatorParameter.Multiplier(3)],
        [
            new("supertrend", "price", "Supertrend: the band that trails the price"),
            new("supertrend_direction", "none", "Supertrend: 1 while the price is above its band, −1 below"),
        ],
        "",
        p => new Supertrend((int)p[0], p[1]));

    public override int WarmUp => period;

    public override int Outputs => 2;

    protected override void Commit(ref SupertrendState state, in Bar bar) => state.Commit(in bar, period, multiplier);

    protected override void Read(in SupertrendState state, in Bar last, Span<double> values) =>
        (values[0], values[1]) = (state.Value.Line, state.Value.Direction);

    protected override void Run(in Bars bars, double[][] values) => SupertrendBatch.Run(in bars, period, multiplier, values);
}
