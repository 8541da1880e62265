namespace CryptoScreener.LocalServers;

public sealed record LocalPostgresOptions : LocalServerOptions
{
    /// <summary>Survives a power cut, at the cost of a disk flush per commit. A crash of the server alone loses nothing either way.</summary>
    public bool Durable { get; init; }

    /// <summary>Null trusts every connection from this machine.</summary>
    public string? Password { get; init; }
}
