namespace CryptoScreener.AlertEngine.Delivery.Guard;

/// <summary>What an endpoint's address must look like before anything is resolved.</summary>
internal static class TargetAddress
{
    /// <summary>What is wrong with it, for its owner; null when nothing.</summary>
    public static string? Error(string address, bool allowHttp)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri)) return "its address is not a URL";
        if (uri.Scheme != Uri.UriSchemeHttps && !(allowHttp && uri.Scheme == Uri.UriSchemeHttp))
            return allowHttp ? "its address must begin with https:// or http://" : "its address must begin with https://";
        return uri.UserInfo.Length > 0 ? "its address must not hold a user name or password" : null;
    }
}
