namespace CryptoScreener.LocalServers;

public sealed record LocalPostgresOptions : LocalServerOptions
{
    /// <summary>Survives a power cut, at the cost of a disk flush per commit. A crash of the server alone loses nothing either way.</summary>
    public bool Durable { get; init; }

    /// <summary>Null trusts every connection from this machine.</summary>
    public string? Password { get; init; }

    /// <summary>A system unpacked into a folder, whose PostgreSQL runs by chroot (as root only). Null takes the installed one.</summary>
    public string? SystemRoot { get; init; }

    /// <summary>Loads the timescaledb library, which must be installed there.</summary>
    public bool Timescale { get; init; }
}
