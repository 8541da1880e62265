using System.Globalization;
using CryptoScreener.Calculation.Windows;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.Indicators;

namespace CryptoScreener.Calculation;

/// <summary>
/// A metric that somebody asks for by name, built in or not: an indicator with its parameters and timeframe
/// (<c>rsi(7,1h)</c>), or a function of a window of any length (<c>change(30m)</c>, <see cref="Indicator"/> null).
/// </summary>
public sealed record MetricDemand(IndicatorEntry? Indicator, IReadOnlyList<double> Arguments, Timeframe Timeframe)
{
    /// <summary>Reads a metric's name; otherwise says what is wrong with it.</summary>
    public static bool TryParse(string name, out MetricDemand? demand, out string? objection)
    {
        ArgumentNullException.ThrowIfNull(name);
        (demand, objection) = Parse(name);
        return demand is not null;
    }

    private static (MetricDemand? Demand, string? Objection) Parse(string name)
    {
        var open = name.IndexOf('(', StringComparison.Ordinal);
        if (open < 1 || !name.EndsWith(')'))
            return (null, $"'{name}' is not a metric; write a function and its arguments, for instance rsi(14,1h)");
        var function = name[..open];
        var arguments = name[(open + 1)..^1].Split(',', StringSplitOptions.TrimEntries);
        if (!Timeframe.TryParse(arguments[^1], out var timeframe))
            return (null, $"'{arguments[^1]}' in '{name}' is not a timeframe; write it last, for instance {function}(…,1h)");

        if (arguments.Length == 1 && WindowMetric.All.Any(m => m.Function == function))
            return (new MetricDemand(null, [], timeframe), null);
        if (IndicatorRegistry.Find(function) is not { } entry) return (null, $"there is no metric called '{function}' but those of the catalogue");

        var numbers = new double[arguments.Length - 1];
        for (var i = 0; i < numbers.Length; i++)
            if (!double.TryParse(arguments[i], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i]))
                return (null, $"'{arguments[i]}' in '{name}' is not a number");
        return entry.Objection(numbers) is { } objection ? (null, objection) : (new MetricDemand(entry, numbers, timeframe), null);
    }
}
