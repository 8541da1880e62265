namespace CryptoScreener.ExchangeSimulator.Markets;

/// <summary>The daily shape of volume: quiet after New York closes, busy while Europe and America overlap.</summary>
internal static class HourOfDay
{
    private static readonly double[] Shares =
        [1.00, 0.95, 0.85, 0.80, 0.75, 0.70, 0.75, 0.85, 0.95, 1.00, 0.95, 1.00, 1.15, 1.40, 1.60, 1.55, 1.40, 1.20, 1.10, 1.05, 0.95, 0.85, 0.70, 0.75];

    public static double Share(long hour) => Shares[hour % 24];
}
