namespace CryptoScreener.Indicators;

internal sealed class Vwap : RecursiveIndicator<VwapState>
{
    internal static readonly IndicatorEntry Entry = new(
        "vwap",
        [],
        [new("vwap", "price", "Typical price since midnight UTC, weighted by volume; of the bar alone when it is a day or longer")],
        "until midnight UTC when a bar of the day is missing",
        _ => new Vwap(),
        MostMinutes: 24 * 60);

    public override int WarmUp => 1;

    protected override void Commit(ref VwapState state, in Bar bar) => state.Commit(in bar);

    protected override void Read(in VwapState state, in Bar last, Span<double> values) => values[0] = state.Value(in last);

    protected override void Run(in Bars bars, double[][] values) => VwapBatch.Run(in bars, values[0]);
}
