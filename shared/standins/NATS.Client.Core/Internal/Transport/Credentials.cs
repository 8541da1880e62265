namespace NATS.Client.Core.Internal.Transport;

/// <summary>Who we are to the server: options first, else what the first URL carries.</summary>
internal static class Credentials
{
    public static NatsAuthOpts Resolve(NatsOpts opts)
    {
        var auth = opts.AuthOpts;
        if (IsSet(auth.Jwt) || IsSet(auth.NKey) || IsSet(auth.Seed) || IsSet(auth.CredsFile) || IsSet(auth.NKeyFile))
        {
            throw new NotSupportedException(
                "NKey and JWT credentials need the NATS.Client.Core package: build with -p:UseUpstreamPackages=true, "
                + "or configure the server for user and password or a token.");
        }

        if (IsSet(auth.Username) || IsSet(auth.Password) || IsSet(auth.Token))
            return auth;
        var first = new UriBuilder(ServerAddress.Parse(opts.Url.Split(',')[0], isSeed: true).Uri);
        if (first.UserName.Length == 0)
            return auth;
        var user = Uri.UnescapeDataString(first.UserName);
        return first.Password.Length == 0
            ? auth with { Token = user }
            : auth with { Username = user, Password = Uri.UnescapeDataString(first.Password) };
    }

    private static bool IsSet(string? value) => !string.IsNullOrEmpty(value);
}
