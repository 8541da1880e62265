using System.Globalization;

namespace CryptoScreener.Indicators;

/// <summary>One parameter with the range in which it is allowed; whole unless it is a multiplier.</summary>
public sealed record IndicatorParameter(string Name, double Default, double Minimum, double Maximum, bool Whole = true)
{
    /// <summary>Bounds the history that a demanded metric can ask every instrument to keep.</summary>
    internal const int LongestPeriod = 500;

    internal static IndicatorParameter Period(double standard, int minimum = 2, int maximum = LongestPeriod, string name = "period") =>
        new(name, standard, minimum, maximum);

    internal static IndicatorParameter Multiplier(double standard) => new("multiplier", standard, 0.1, 20, Whole: false);

    internal string? Objection(double value)
    {
        if (!(value >= Minimum && value <= Maximum))
            return string.Create(CultureInfo.InvariantCulture, $"{Name} must lie between {Minimum} and {Maximum}, not {value}");
        return Whole && value != Math.Floor(value)
            ? string.Create(CultureInfo.InvariantCulture, $"{Name} must be a whole number, not {value}")
            : null;
    }
}
