using System.Collections.Frozen;

namespace CryptoScreener.ApiGateway.Auth;

/// <summary>The areas of the API. A key may be limited to some of them: <c>rules:read</c>, or <c>rules:write</c>, which includes reading.</summary>
internal static class Scopes
{
    public const string Market = "market";
    public const string Rules = "rules";
    public const string Alerts = "alerts";
    public const string Endpoints = "endpoints";
    public const string Settings = "settings";
    public const string Keys = "keys";
    public const string Operations = "operations";

    public static readonly IReadOnlyList<string> Areas = [Market, Rules, Alerts, Endpoints, Settings, Keys, Operations];

    public static readonly FrozenSet<string> All = Areas.SelectMany(area => new[] { $"{area}:read", $"{area}:write" }).ToFrozenSet(StringComparer.Ordinal);

    public static bool Allow(IReadOnlyList<string> granted, string area, bool write)
    {
        if (granted.Count == 0) return true;
        foreach (var scope in granted)
        {
            var colon = scope.IndexOf(':', StringComparison.Ordinal);
            if (colon < 0 || !scope.AsSpan(0, colon).SequenceEqual(area)) continue;
            if (!write || scope.AsSpan(colon + 1).SequenceEqual("write")) return true;
        }

        return false;
    }
}
