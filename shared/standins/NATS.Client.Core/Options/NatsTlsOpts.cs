using System.Net.Security;

namespace NATS.Client.Core;

public enum TlsMode
{
    /// <summary><see cref="Require"/> for <c>tls://</c> addresses and when certificates are configured, else <see cref="Prefer"/>.</summary>
    Auto,

    /// <summary>TLS if the server offers it.</summary>
    Prefer,

    Require,

    /// <summary>TLS from the first byte, for servers with <c>handshake_first</c>.</summary>
    Implicit,

    Disable,
}

public sealed record NatsTlsOpts
{
    public static readonly NatsTlsOpts Default = new();

    /// <summary>Client certificate in PEM; needs <see cref="KeyFile"/>.</summary>
    public string? CertFile { get; init; }

    public string? KeyFile { get; init; }

    public string? KeyFilePassword { get; init; }

    /// <summary>The authorities to trust, in PEM, in place of the system's.</summary>
    public string? CaFile { get; init; }

    public bool InsecureSkipVerify { get; init; }

    public TlsMode Mode { get; init; }

    public Func<SslClientAuthenticationOptions, ValueTask>? ConfigureClientAuthentication { get; init; }

    internal TlsMode EffectiveMode(Uri uri)
    {
        if (Mode != TlsMode.Auto)
            return Mode;
        var configured = CertFile is not null || KeyFile is not null || CaFile is not null || ConfigureClientAuthentication is not null;
        return configured || uri.Scheme == "tls" ? TlsMode.Require : TlsMode.Prefer;
    }
}
