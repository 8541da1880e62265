using System.Globalization;

namespace CryptoScreener.LocalServers;

/// <summary>A private redis-server whose data survive a restart.</summary>
public sealed class LocalRedis : LocalServer
{
    private readonly string _program = ServerPrograms.Find("redis-server", "redis-server");

    private LocalRedis(LocalServerOptions options) : base("redis-server", options)
    {
    }

    /// <summary>As StackExchange.Redis reads it.</summary>
    public string Configuration => string.Create(CultureInfo.InvariantCulture, $"{Host}:{Port}");

    private protected override string StopSignal => "TERM";

    private protected override IReadOnlyList<string> Command =>
    [
        _program, "--bind", Host, "--port", Port.ToString(CultureInfo.InvariantCulture),
        "--dir", Folder.Data, "--appendonly", "yes", "--save", "",
    ];

    public static async Task<LocalRedis> StartAsync(LocalServerOptions? options = null, CancellationToken stop = default)
    {
        var server = new LocalRedis(options ?? new LocalServerOptions());
        Directory.CreateDirectory(server.Folder.Data);
        await server.StartFirstAsync(_ => Task.CompletedTask, stop);
        return server;
    }

    // While it loads its data it answers with an error; a foreign server on our port has another process id.
    private protected override async Task<bool> IsReadyAsync(int processId, CancellationToken stop) =>
        (await TcpProbe.AskAsync(Port, "INFO server\r\n", stop))
            .Contains(string.Create(CultureInfo.InvariantCulture, $"process_id:{processId}\r"), StringComparison.Ordinal);
}
