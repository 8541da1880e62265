namespace CryptoScreener.Messaging.Connection;

internal static class BusUrl
{
    /// <summary>The addresses as they may be logged: an address can carry a password or a token.</summary>
    public static string WithoutSecrets(string urls) => string.Join(',', urls.Split(',').Select(WithoutSecret));

    private static string WithoutSecret(string url)
    {
        var host = url.LastIndexOf('@') + 1;
        var scheme = url.IndexOf("://", StringComparison.Ordinal);
        return host == 0 ? url : string.Concat(scheme < 0 ? "" : url.AsSpan(0, scheme + 3), url.AsSpan(host));
    }
}
