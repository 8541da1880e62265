namespace CryptoScreener.Indicators;

internal sealed class Rsi(int period) : RecursiveIndicator<RsiState>
{
    internal static readonly IndicatorEntry Entry = new(
        "rsi",
        [IndicatorParameter.Period(14)],
        [new("rsi", "score", "Relative strength index by Wilder, 0 to 100; 50 when the price did not move")],
        "",
        p => new Rsi((int)p[0]));

    public override int WarmUp => period + 1;

    protected override void Commit(ref RsiState state, in Bar bar) => state.Commit(bar.Close, period);

    protected override void Read(in RsiState state, in Bar last, Span<double> values) => values[0] = state.Value;

    protected override void Run(in Bars bars, double[][] values) => RsiBatch.Run(bars.Close, period, values[0]);
}
