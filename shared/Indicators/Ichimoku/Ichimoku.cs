namespace CryptoScreener.Indicators;

internal sealed class Ichimoku(int conversion, int @base, int span) : WindowIndicator<IchimokuWindow>
{
    internal static readonly IndicatorEntry Entry = new(
        "ichimoku",
        [
            IndicatorParameter.Period(9, name: "conversion"),
            IndicatorParameter.Period(26, name: "base"),
            IndicatorParameter.Period(52, name: "span"),
        ],
        [
            new("ichimoku_conversion", "price", "Ichimoku conversion line (tenkan-sen)"),
            new("ichimoku_base", "price", "Ichimoku base line (kijun-sen)"),
            new("ichimoku_span_a", "price", "Ichimoku leading span A as of this bar; charts draw it ahead"),
            new("ichimoku_span_b", "price", "Ichimoku leading span B as of this bar; charts draw it ahead"),
        ],
        "",
        p => new Ichimoku((int)p[0], (int)p[1], (int)p[2]));

    public override int WarmUp => Math.Max(Math.Max(conversion, @base), span);

    public override int Outputs => 4;

    public override Lookback Lookback => new(HighLow: WarmUp - 1);

    protected override IchimokuWindow Prepare(in Bars closed) => IchimokuWindow.Prepare(in closed, conversion, @base, span);

    protected override void Evaluate(in IchimokuWindow window, in Bars closed, in Bar last, Span<double> values) =>
        (values[0], values[1], values[2], values[3]) = window.Value(in last);

    protected override void Run(in Bars bars, double[][] values) => IchimokuBatch.Run(in bars, conversion, @base, span, values);
}
