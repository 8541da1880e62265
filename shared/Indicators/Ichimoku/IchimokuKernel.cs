namespace CryptoScreener.Indicators;

internal static class IchimokuKernel
{
    internal static (double Conversion, double Base, double SpanA, double SpanB) Lines(
        Extremes conversion, Extremes @base, Extremes span) =>
        (conversion.Middle, @base.Middle, (conversion.Middle + @base.Middle) / 2, span.Middle);
}
