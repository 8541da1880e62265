namespace CryptoScreener.Indicators;

internal static class VcpBatch
{
    internal static void Run(in Bars bars, Span<double> positions)
    {
        for (var i = 0; i < bars.Length; i++)
            positions[i] = VcpKernel.Position(bars.Open[i], bars.High[i], bars.Low[i], bars.Close[i]);
    }
}
