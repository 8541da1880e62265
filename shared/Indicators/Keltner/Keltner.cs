namespace CryptoScreener.Indicators;

internal sealed class Keltner(int period, int atrPeriod, double multiplier) : RecursiveIndicator<KeltnerState>
{
    internal static readonly IndicatorEntry Entry = new(
        "keltner",
        [IndicatorParameter.Period(20), IndicatorParameter.Period(10, name: "atr period"), IndicatorParameter.Multiplier(2)],
        [
            new("keltner_upper", "price", "Keltner: exponential average of the close plus so many average true ranges"),
            new("keltner_middle", "price", "Keltner: exponential average of the close"),
            new("keltner_lower", "price", "Keltner: exponential average of the close less so many average true ranges"),
        ],
        "",
        p => new Keltner((int)p[0], (int)p[1], p[2]));

    public override int WarmUp => Math.Max(period, atrPeriod);

    public override int Outputs => 3;

    protected override void Commit(ref KeltnerState state, in Bar bar) => state.Commit(in bar, period, atrPeriod);

    protected override void Read(in KeltnerState state, in Bar last, Span<double> values) =>
        (values[0], values[1], values[2]) = state.Value(multiplier);

    protected override void Run(in Bars bars, double[][] values) => KeltnerBatch.Run(in bars, period, atrPeriod, multiplier, values);
}
