namespace CryptoScreener.Indicators;

internal sealed class Natr(int period) : RecursiveIndicator<NatrState>
{
    internal static readonly IndicatorEntry Entry = new(
        "natr",
        [IndicatorParameter.Period(14)],
        [new("natr", "percent", "Average true range in percent of the close")],
        "",
        p => new Natr((int)p[0]));

    public override int WarmUp => period;

    protected override void Commit(ref NatrState state, in Bar bar) => state.Commit(in bar, period);

    protected override void Read(in NatrState state, in Bar last, Span<double> values) => values[0] = state.Value(last.Close);

    protected override void Run(in Bars bars, double[][] values) => NatrBatch.Run(in bars, period, values[0]);
}
