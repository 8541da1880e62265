namespace CryptoScreener.Indicators;

internal sealed class Adx(int period) : RecursiveIndicator<AdxState>
{
    internal static readonly IndicatorEntry Entry = new(
        "adx",
        [IndicatorParameter.Period(14)],
        [
            new("adx", "score", "Average directional index by Wilder: strength of the trend, 0 to 100"),
            new("plus_di", "score", "Directional indicator +DI"),
            new("minus_di", "score", "Directional indicator −DI"),
        ],
        "",
        p => new Adx((int)p[0]));

    public override int WarmUp => 2 * period;

    public override int Outputs => 3;

    protected override void Commit(ref AdxState state, in Bar bar) => state.Commit(in bar, period);

    protected override void Read(in AdxState state, in Bar last, Span<double> values) =>
        (values[0], values[1], values[2]) = (state.Average, state.Plus, state.Minus);

    protected override void Run(in Bars bars, double[][] values) => AdxBatch.Run(in bars, period, values);
}
