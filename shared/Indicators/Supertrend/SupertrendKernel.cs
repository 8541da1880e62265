namespace CryptoScreener.Indicators;

internal static class SupertrendKernel
{
    /// <summary>A band only moves towards the price, until the price closes beyond it.</summary>
    internal static SupertrendBands Step(
        SupertrendBands before, double high, double low, double close, double averageTrueRange, double multiplier)
    {
        var middle = (high + low) / 2;
        double upper = middle + (multiplier * averageTrueRange), lower = middle - (multiplier * averageTrueRange);
        if (before.Direction == 0)
            return new SupertrendBands { Upper = upper, Lower = lower, Close = close, Direction = close > upper ? 1 : -1 };

        if (upper > before.Upper && before.Close <= before.Upper) upper = before.Upper;
        if (lower < before.Lower && before.Close >= before.Lower) lower = before.Lower;
        var rising = before.Direction > 0 ? close >= lower : close > upper;
        return new SupertrendBands { Upper = upper, Lower = lower, Close = close, Direction = rising ? 1 : -1 };
    }
}
