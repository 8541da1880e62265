namespace CryptoScreener.Indicators;

internal struct IchimokuWindow
{
    private Extremes _conversion;
    private Extremes _base;
    private Extremes _span;

    internal static IchimokuWindow Prepare(in Bars closed, int conversion, int @base, int span) => new()
    {
        _conversion = Extremes.OfLast(in closed, conversion - 1),
        _base = Extremes.OfLast(in closed, @base - 1),
        _span = Extremes.OfLast(in closed, span - 1),
    };

    internal readonly (double Conversion, double Base, double SpanA, double SpanB) Value(in Bar last) => IchimokuKernel.Lines(
        _conversion.With(last.High, last.Low), _base.With(last.High, last.Low), _span.With(last.High, last.Low));
}
