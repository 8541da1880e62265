namespace CryptoScreener.Indicators;

internal sealed class Ema(int period) : RecursiveIndicator<EmaState>
{
    internal static readonly IndicatorEntry Entry = new(
        "ema",
        [IndicatorParameter.Period(21)],
        [new("ema", "price", "Exponential moving average of the close, factor 2/(n+1), begun with the mean of the first n")],
        "",
        p => new Ema((int)p[0]));

    public override int WarmUp => period;

    protected override void Commit(ref EmaState state, in Bar bar) => state.Commit(bar.Close, period);

    protected override void Read(in EmaState state, in Bar last, Span<double> values) => values[0] = state.Value;

    protected override void Run(in Bars bars, double[][] values) => EmaBatch.Run(bars.Close, 0, period, values[0]);
}
