using System.Globalization;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.Contracts.Catalogue;

namespace CryptoScreener.Indicators;

/// <summary>What the catalogue says about an indicator, and how to make one.</summary>
/// <param name="Name">The name under which it is demanded; also the function of its first output unless that says otherwise.</param>
/// <param name="NullRule">When its values are null although there are enough complete bars; empty for never.</param>
/// <param name="Create">Given one value per parameter, each in its range.</param>
/// <param name="MostMinutes">What it may look back on, whatever the bars; 0 for its warm-up alone.</param>
public sealed record IndicatorEntry(
    string Name,
    IReadOnlyList<IndicatorParameter> Parameters,
    IReadOnlyList<IndicatorOutput> Outputs,
    string NullRule,
    Func<IReadOnlyList<double>, Indicator> Create,
    int MostMinutes = 0)
{
    public IReadOnlyList<double> Defaults => [.. Parameters.Select(p => p.Default)];

    /// <summary>Null when these are values for its parameters, otherwise what to write instead.</summary>
    public string? Objection(IReadOnlyList<double> arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        if (arguments.Count != Parameters.Count)
        {
            var names = string.Join(", ", Parameters.Select(p => p.Name));
            return $"{Name} takes {Parameters.Count} parameters ({names}), not {arguments.Count}";
        }

        for (var i = 0; i < arguments.Count; i++)
            if (Parameters[i].Objection(arguments[i]) is { } objection)
                return $"{Name}: {objection}";
        return null;
    }

    /// <summary>The metrics of its outputs on bars of one timeframe.</summary>
    public IEnumerable<MetricDefinition> MetricsOf(IReadOnlyList<double> arguments, Timeframe timeframe)
    {
        string[] written = [.. arguments.Select(a => a.ToString("R", CultureInfo.InvariantCulture)), timeframe.ToString()];
        var warmUp = Math.Max(MostMinutes, Create(arguments).WarmUp * timeframe.Minutes);
        var rule = NullRule.Length == 0 ? "" : $"; null {NullRule}";
        return Outputs.Select(output => new MetricDefinition(
            MetricDefinition.NameOf(output.Function, written), output.Function, written, output.Unit, output.Meaning + rule, warmUp));
    }
}

/// <summary>One number of an indicator.</summary>
public sealed record IndicatorOutput(string Function, string Unit, string Meaning);
