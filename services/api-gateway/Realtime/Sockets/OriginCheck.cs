namespace CryptoScreener.ApiGateway.Realtime.Sockets;

/// <summary>
/// Browsers open sockets to anywhere and send cookies along; only the page that a person looks at knows better, and names
/// itself in <c>Origin</c>. Programs do not send one.
/// </summary>
internal static class OriginCheck
{
    public static bool IsAllowed(string? origin, string? host, IEnumerable<string> allowed)
    {
        if (string.IsNullOrEmpty(origin)) return true;
        if (Uri.TryCreate(origin, UriKind.Absolute, out var uri) && string.Equals(uri.Authority, host, StringComparison.OrdinalIgnoreCase)) return true;
        return allowed.Any(one => one == "*" || string.Equals(one.TrimEnd('/'), origin, StringComparison.OrdinalIgnoreCase));
    }
}
