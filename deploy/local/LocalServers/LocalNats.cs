using System.Globalization;

namespace CryptoScreener.LocalServers;

/// <summary>A private nats-server with JetStream.</summary>
public sealed class LocalNats : LocalServer
{
    private readonly string _program = ServerPrograms.Find("nats-server", "nats-server");

    // The server's own name, so that a foreign server on our port is not taken for ours.
    private readonly string _serverName = $"screener-{Guid.NewGuid():N}";

    private LocalNats(LocalServerOptions options) : base("nats-server", options)
    {
    }

    public string Url => string.Create(CultureInfo.InvariantCulture, $"nats://{Host}:{Port}");

    private protected override string StopSignal => "TERM";

    private protected override IReadOnlyList<string> Command =>
        [_program, "-a", Host, "-p", Port.ToString(CultureInfo.InvariantCulture), "-n", _serverName, "-js", "-sd", Folder.Data];

    public static async Task<LocalNats> StartAsync(LocalServerOptions? options = null, CancellationToken stop = default)
    {
        var server = new LocalNats(options ?? new LocalServerOptions());
        await server.StartFirstAsync(_ => Task.CompletedTask, stop);
        return server;
    }

    private protected override async Task<bool> IsReadyAsync(int processId, CancellationToken stop) =>
        (await TcpProbe.AskAsync(Port, "", stop)).Contains(_serverName, StringComparison.Ordinal);
}
