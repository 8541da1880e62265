using System.Collections.Immutable;

namespace CryptoScreener.Rules.Compilation;

/// <summary>A function of the language itself; all other names are metrics.</summary>
/// <param name="MaxArguments">As many as one likes when it is <see cref="int.MaxValue"/>.</param>
internal sealed record Function(string Name, int MinArguments, int MaxArguments, bool IsCondition, string Signature, string Meaning);

internal static class Functions
{
    public const string Abs = "abs";
    public const string Min = "min";
    public const string Max = "max";
    public const string Previous = "previous";
    public const string CrossesAbove = "crosses_above";
    public const string CrossesBelow = "crosses_below";
    public const string Crosses = "crosses";

    public static readonly ImmutableArray<Function> All =
    [
        new(Abs, 1, 1, false, "abs(x)", "x without its sign."),
        new(Min, 2, int.MaxValue, false, "min(x, y, …)", "The smallest; unknown when one of them is."),
        new(Max, 2, int.MaxValue, false, "max(x, y, …)", "The largest; unknown when one of them is."),
        new(Previous, 1, 1, false, "previous(x)", "x in the last closed frame before this minute."),
        new(CrossesAbove, 2, 2, true, "crosses_above(x, y)", "x was at most y at the end of the minute before, and is above it now."),
        new(CrossesBelow, 2, 2, true, "crosses_below(x, y)", "x was at least y at the end of the minute before, and is below it now."),
        new(Crosses, 2, 2, true, "crosses(x, y)", "x crosses y in either direction."),
    ];

    public static Function? Find(string name)
    {
        foreach (var function in All)
            if (function.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) return function;
        return null;
    }
}
