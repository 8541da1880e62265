using System.Collections.Immutable;
using System.Globalization;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.Contracts.Catalogue;
using CryptoScreener.Rules.Language;

namespace CryptoScreener.Rules.Compilation;

/// <summary>Finds the metrics a rule names in the catalogue, and says which of them it would have to add.</summary>
internal sealed class MetricBinder(MetricNames names, ErrorList errors)
{
    private readonly List<RuleMetric> _metrics = [];

    public ImmutableArray<RuleMetric> Metrics => [.. _metrics];

    /// <summary>The metric's index in <see cref="Metrics"/> and its unit; null when it was an error.</summary>
    public (int Index, string Unit)? Bind(Call call)
    {
        if (Resolve(call) is not { } metric) return null;
        var index = _metrics.FindIndex(m => m.Name == metric.Name);
        if (index < 0)
        {
            index = _metrics.Count;
            _metrics.Add(new RuleMetric(metric.Name, names.ColumnOf(metric.Name)));
        }

        return (index, metric.Unit);
    }

    private MetricDefinition? Resolve(Call call)
    {
        var entries = names.Entries(call.Name);
        if (entries.IsEmpty) return Joined(call) is { } joined ? Resolve(joined) : Unknown(call);
        var arguments = new string[call.Arguments.Length];
        for (var i = 0; i < arguments.Length; i++)
        {
            if (ArgumentOf(call.Arguments[i]) is not { } argument) return null;
            arguments[i] = argument;
        }

        arguments = [.. UsualParameters(entries, arguments.Length), .. arguments];
        var name = MetricDefinition.NameOf(entries[0].Function, arguments);
        var column = names.ColumnOf(name);
        if (column >= 0) return names.Catalogue.Metrics[column];
        var alike = entries.FirstOrDefault(entry => Alike(entry.Arguments, arguments));
        return alike is null ? WrongArguments(call, name, entries) : alike with { Name = name, Arguments = arguments };
    }

    /// <summary>People say <c>rank(change(1h))</c> for <c>rank_change(1h)</c> and <c>zscore(volume, 5m)</c> for <c>zscore_volume(5m)</c>.</summary>
    private Call? Joined(Call call)
    {
        if (call.Arguments is not [Call first, .. var rest]) return null;
        var joined = new Call($"{call.Name}_{first.Name}", [.. first.Arguments, .. rest]) { Span = call.Span };
        return names.Entries(joined.Name).IsEmpty ? null : joined;
    }

    /// <summary>
    /// Parameters that were left out in front, when the catalogue has the function with one set of them only:
    /// <c>rsi(1h)</c> is <c>rsi(14,1h)</c>. What a rule demanded for one timeframe does not count against what is there for all.
    /// </summary>
    private static IEnumerable<string> UsualParameters(ImmutableArray<MetricDefinition> entries, int given)
    {
        var missing = entries[0].Arguments.Count - given;
        if (given == 0 || missing <= 0) return [];
        var sets = entries.GroupBy(entry => string.Join(',', entry.Arguments.Take(missing))).OrderByDescending(set => set.Count()).Take(2).ToList();
        return sets.Count == 1 || sets[0].Count() > sets[1].Count() ? sets[0].First().Arguments.Take(missing) : [];
    }

    private string? ArgumentOf(Expression argument)
    {
        switch (argument)
        {
            case Number { Suffix: NumberSuffix.None } number:
                return number.Value.ToString(CultureInfo.InvariantCulture);
            case Duration duration when duration.Unit != 's' && duration.Seconds is > 0 and <= int.MaxValue:
                return new Timeframe((int)(duration.Seconds / 60)).ToString();
            case Call { Arguments.IsEmpty: true } name:
                return name.Name;
            default:
                errors.Add(RuleErrorCode.Arguments, argument, "a metric takes numbers, timeframes and names as written, nothing computed");
                return null;
        }
    }

    /// <summary>The same function with other numbers or timeframes can be demanded; other names cannot.</summary>
    private static bool Alike(IReadOnlyList<string> known, string[] asked)
    {
        if (known.Count != asked.Length) return false;
        for (var i = 0; i < asked.Length; i++)
        {
            var kind = MetricNames.KindOf(asked[i]);
            if (kind != MetricNames.KindOf(known[i])) return false;
            if (kind == ArgumentKind.Name && !known[i].Equals(asked[i], StringComparison.OrdinalIgnoreCase)) return false;
        }

        return true;
    }

    private MetricDefinition? Unknown(Call call)
    {
        var candidates = names.Functions.Concat(Functions.All.Select(f => f.Name)).Concat(Keywords.All);
        var suggestion = Spelling.Nearest(call.Name, candidates);
        errors.Add(RuleErrorCode.UnknownName, call, $"there is no metric or function '{call.Name}'", suggestion: suggestion);
        return null;
    }

    private MetricDefinition? WrongArguments(Call call, string asked, ImmutableArray<MetricDefinition> entries)
    {
        var shape = MetricDefinition.NameOf(entries[0].Function, [.. entries[0].Arguments.Select(Describe)]);
        var suggestion = entries.Select(e => e.Name).MinBy(name => Spelling.Distance(asked, name));
        errors.Add(RuleErrorCode.Arguments, call, $"{call.Name} takes other arguments", shape, suggestion);
        return null;
    }

    private static string Describe(string argument) => MetricNames.KindOf(argument) switch
    {
        ArgumentKind.Number => "number",
        ArgumentKind.Timeframe => "timeframe",
        _ => argument,
    };
}
