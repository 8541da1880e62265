namespace CryptoScreener.Indicators;

internal static class ObvBatch
{
    internal static void Run(in Bars bars, Span<double> balances)
    {
        balances[0] = 0;
        for (var i = 1; i < bars.Length; i++)
            balances[i] = ObvKernel.Step(balances[i - 1], bars.Close[i - 1], bars.Close[i], bars.Volume[i]);
    }
}
