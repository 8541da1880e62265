using System.Collections.Immutable;
using CryptoScreener.Contracts.Candles;

namespace CryptoScreener.AlertEngine.Replay;

/// <summary>How long after a firing its price is looked at again.</summary>
internal static class Horizons
{
    public static readonly ImmutableArray<Timeframe> All = [new(5), new(15), new(60), new(240), new(1440)];

    public static readonly ImmutableArray<string> Names = [.. All.Select(horizon => horizon.ToString())];

    public static long Longest => All[^1].Milliseconds;

    public static double[] Unknown()
    {
        var returns = new double[All.Length];
        Array.Fill(returns, double.NaN);
        return returns;
    }
}
