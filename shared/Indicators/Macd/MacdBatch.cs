namespace CryptoScreener.Indicators;

internal static class MacdBatch
{
    internal static void Run(ReadOnlySpan<double> closes, int fast, int slow, int signal, double[][] values)
    {
        double[] fastAverage = new double[closes.Length], slowAverage = new double[closes.Length];
        double[] line = new double[closes.Length], signalLine = new double[closes.Length];
        EmaBatch.Run(closes, 0, fast, fastAverage);
        EmaBatch.Run(closes, 0, slow, slowAverage);
        for (var i = slow - 1; i < closes.Length; i++) line[i] = MacdKernel.Line(fastAverage[i], slowAverage[i]);
        EmaBatch.Run(line, slow - 1, signal, signalLine);
        for (var i = slow + signal - 2; i < closes.Length; i++)
            (values[0][i], values[1][i], values[2][i]) = (line[i], signalLine[i], MacdKernel.Histogram(line[i], signalLine[i]));
    }
}
