namespace CryptoScreener.LocalServers;

/// <summary>Where and how a local server runs; the defaults suit a test: a free port, data that vanishes with the server.</summary>
public record LocalServerOptions
{
    /// <summary>Null takes a free one, which then stays the server's own over stops and restarts.</summary>
    public int? Port { get; init; }

    /// <summary>A folder that is kept. Null takes a temporary one that is deleted with the server, or with us if we are killed.</summary>
    public string? DataDirectory { get; init; }

    /// <summary>Further command line arguments of the server, after ours.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>How long a start may take, recovery after a crash included.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromSeconds(60);
}
