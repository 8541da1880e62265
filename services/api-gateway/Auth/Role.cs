using System.Text.Json.Serialization;

namespace CryptoScreener.ApiGateway.Auth;

/// <summary>What an account may do; each may all that those before it may. Stored and on the wire by name.</summary>
internal enum Role
{
    /// <summary>Looks at the market and at the built-in rules' alerts, keeps settings.</summary>
    [JsonStringEnumMemberName("reader")] Reader = 0,

    /// <summary>Has rules, endpoints and keys.</summary>
    [JsonStringEnumMemberName("trader")] Trader = 1,

    /// <summary>Sees and changes everybody's.</summary>
    [JsonStringEnumMemberName("admin")] Admin = 2,
}

internal static class Roles
{
    public static bool TryParse(string? text, out Role role)
    {
        (var known, role) = text switch
        {
            "reader" => (true, Role.Reader),
            "trader" => (true, Role.Trader),
            "admin" => (true, Role.Admin),
            _ => (false, Role.Reader),
        };
        return known;
    }

    public static string Name(this Role role) => role switch { Role.Admin => "admin", Role.Trader => "trader", _ => "reader" };
}
