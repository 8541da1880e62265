using System.Globalization;

namespace CryptoScreener.Benchmarks.Report;

/// <summary>Numbers as people read them.</summary>
internal static class Figure
{
    internal static string Of(double? value) => value switch
    {
        null => "",
        >= 1_000 => value.Value.ToString("N0", CultureInfo.InvariantCulture),
        < 0.1 and > 0 => value.Value.ToString("0.####", CultureInfo.InvariantCulture),
        _ => value.Value.ToString("0.##", CultureInfo.InvariantCulture),
    };

    internal static string OfRatio(Measured m) => m.Baseline is { } baseline ? $"{Of(m.Ratio)} × {baseline.Name}" : "";
}
