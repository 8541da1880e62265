namespace CryptoScreener.Indicators;

internal sealed class Atr(int period) : RecursiveIndicator<AtrState>
{
    internal static readonly IndicatorEntry Entry = new(
        "atr",
        [IndicatorParameter.Period(14)],
        [new("atr", "price", "Average true range by Wilder")],
        "",
        p => new Atr((int)p[0]));

    public override int WarmUp => period;

    protected override void Commit(ref AtrState state, in Bar bar) => state.Commit(in bar, period);

    protected override void Read(in AtrState state, in Bar last, Span<double> values) => values[0] = state.Value;

    protected override void Run(in Bars bars, double[][] values) => AtrBatch.Run(in bars, period, values[0]);
}
