using CryptoScreener.Contracts.Rules;

namespace CryptoScreener.ApiGateway.Endpoints;

/// <summary>What is wrong with a universe as somebody sent it. Checked before anybody matches by it: each pattern costs time for each instrument.</summary>
internal static class UniverseErrors
{
    private const int MaxItems = 500;
    private const int MaxLength = 64;
    private const int MaxPatterns = 50;
    private const int MaxStars = 4; // each is one more place at which a symbol may go on

    /// <param name="before">What the rule had: costly patterns from before there was a limit may stay, so that its author can still switch it off.</param>
    public static void Add(Dictionary<string, string[]> errors, RuleUniverse universe, string place = "universe", RuleUniverse? before = null)
    {
        foreach (var (field, list) in new[] { ("exchanges", universe.Exchanges), ("quote_assets", universe.QuoteAssets), ("include", universe.Include), ("exclude", universe.Exclude) })
            if (list.Count > MaxItems || list.Any(item => item is null or { Length: 0 or > MaxLength })) errors[$"{place}.{field}"] = [$"must hold at most {MaxItems} texts of 1 to {MaxLength} characters"];
        foreach (var (field, list, had) in new[] { ("include", universe.Include, before?.Include), ("exclude", universe.Exclude, before?.Exclude) })
            if (!errors.ContainsKey($"{place}.{field}") && IsCostly(list) && had?.SequenceEqual(list) != true) errors[$"{place}.{field}"] = [$"must hold at most {MaxPatterns} patterns, each with at most {MaxStars} '*'; symbols without '*' and '?' do not count"];
        if (universe.MinDailyVolume is { } volume && !(double.IsFinite(volume) && volume >= 0)) errors[$"{place}.min_daily_volume"] = ["must not be negative"];
    }

    private static bool IsCostly(IReadOnlyList<string> list) =>
        list.Count(item => item.AsSpan().ContainsAny('*', '?')) > MaxPatterns || list.Any(item => item.AsSpan().Count('*') > MaxStars);
}
