namespace CryptoScreener.Indicators;

internal static class AdxKernel
{
    internal static (double Plus, double Minus) Movement(double high, double low, double previousHigh, double previousLow)
    {
        double up = high - previousHigh, down = previousLow - low;
        return (up > down && up > 0 ? up : 0, down > up && down > 0 ? down : 0);
    }

    internal static double Direction(double averageMovement, double averageRange) =>
        averageRange > 0 ? averageMovement * 100 / averageRange : 0;

    internal static double Strength(double plus, double minus) =>
        plus + minus > 0 ? Math.Abs(plus - minus) / (plus + minus) * 100 : 0;
}
