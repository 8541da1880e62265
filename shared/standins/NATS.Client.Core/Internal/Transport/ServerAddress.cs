namespace NATS.Client.Core.Internal.Transport;

/// <summary>Where a server is; a seed was configured, the others were announced by a server.</summary>
internal sealed record ServerAddress
{
    private const int DefaultPort = 4222;

    private ServerAddress(Uri uri, bool isSeed)
    {
        Uri = uri;
        IsSeed = isSeed;
    }

    public Uri Uri { get; }

    public bool IsSeed { get; }

    public string Host => Uri.Host;

    public int Port => Uri.Port;

    public static ServerAddress Parse(string url, bool isSeed, string defaultScheme = "nats")
    {
        var text = url.Trim();
        if (!text.Contains("://", StringComparison.Ordinal))
            text = $"{defaultScheme}://{text}";
        var given = new Uri(text, UriKind.Absolute);
        if (given.UserInfo.StartsWith(':'))
            throw new ArgumentException($"a password without a user in the nats URL of {given.Host}: use user:password@ or token@", nameof(url));
        var uri = new UriBuilder(given);
        if (uri.Scheme is not ("nats" or "tls"))
            throw new ArgumentException($"unsupported scheme {uri.Scheme} in nats URL {Redact(uri)}: use nats:// or tls://", nameof(url));
        if (uri.Port == -1)
            uri.Port = DefaultPort;
        if (uri.Host.Length == 0)
            uri.Host = "localhost";
        return new ServerAddress(uri.Uri, isSeed);
    }

    /// <summary>Null for what a server announced and nobody could dial: one bad entry must not cost the connection.</summary>
    public static ServerAddress? TryParse(string? announced, string scheme)
    {
        try
        {
            return announced is null ? null : Parse(announced, isSeed: false, scheme);
        }
        catch (Exception e) when (e is UriFormatException or ArgumentException)
        {
            return null;
        }
    }

    public bool Equals(ServerAddress? other) => other is not null && Host == other.Host && Port == other.Port;

    public override int GetHashCode() => HashCode.Combine(Host, Port);

    public override string ToString() => Redact(new UriBuilder(Uri));

    private static string Redact(UriBuilder uri)
    {
        if (uri.Password.Length > 0)
            uri.Password = "***";
        else if (uri.UserName.Length > 0)
            uri.UserName = "***";
        return uri.Uri.ToString().TrimEnd('/');
    }
}
