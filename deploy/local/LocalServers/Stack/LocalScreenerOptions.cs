namespace CryptoScreener.LocalServers.Stack;

/// <summary>What to run: the servers, an exchange (simulated unless told otherwise) and the four workers, on this machine.</summary>
public sealed record LocalScreenerOptions
{
    /// <summary>Null takes a temporary folder that goes with the stack.</summary>
    public string? DataDirectory { get; init; }

    /// <summary>Null keeps the logs beside the data.</summary>
    public string? LogDirectory { get; init; }

    /// <summary>Follow the real exchange instead of the simulator.</summary>
    public bool RealExchange { get; init; }

    /// <summary>Which exchanges to follow, all in one collector.</summary>
    public IReadOnlyList<string> Exchanges { get; init; } = ["binance-futures"];

    /// <summary>Arguments of the simulator, for instance <c>--instruments 50</c>.</summary>
    public IReadOnlyList<string> SimulatorArguments { get; init; } = [];

    /// <summary>The well-known ports where they are free; otherwise any free ones.</summary>
    public bool WellKnownPorts { get; init; }

    /// <summary>Settings for every worker, as environment variables.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>Further settings of one worker, by its service; for what differs between them, such as the account on the bus.</summary>
    public Func<string, IReadOnlyDictionary<string, string>> SettingsOf { get; init; } = _ => new Dictionary<string, string>();

    /// <summary>Command line arguments of the nats-server, for instance <c>-c nats.conf</c>.</summary>
    public IReadOnlyList<string> NatsArguments { get; init; } = [];

    /// <summary>How many processes of each worker; further ones take free ports.</summary>
    public int Replicas { get; init; } = 1;
}
