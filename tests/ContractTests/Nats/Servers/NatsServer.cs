using System.Diagnostics;
using System.Globalization;
using CryptoScreener.LocalServers;

namespace CryptoScreener.ContractTests.Nats.Servers;

/// <summary>
/// A nats-server of a chosen version and configuration, for tests that the shared launcher's one installed server with its
/// defaults does not serve. It ends with the test process.
/// </summary>
internal sealed class NatsServer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly string _program;
    private readonly string _folder;
    private readonly string _name = $"contract-{Guid.NewGuid():N}";
    private readonly string _config;
    private GuardedProcess? _process;

    private NatsServer(string program, string config, bool jetStream)
    {
        _program = program;
        _folder = Directory.CreateTempSubdirectory("screener-nats-").FullName;
        _config = jetStream ? $"jetstream {{ store_dir: \"{_folder}/data\" }}\n{config}" : config;
    }

    public int Port { get; } = FreePort.Next();

    public string Url => string.Create(CultureInfo.InvariantCulture, $"nats://127.0.0.1:{Port}");

    private string Log => Path.Combine(_folder, "nats-server.log");

    public static Task<NatsServer> StartAsync(string version) => StartProgramAsync(NatsPrograms.ByVersion[version], string.Empty, jetStream: true);

    /// <summary>The installed server, for what does not depend on the version.</summary>
    public static Task<NatsServer> StartAsync() => StartConfiguredAsync(string.Empty);

    public static Task<NatsServer> StartConfiguredAsync(string config, bool jetStream = true) =>
        StartProgramAsync(NatsPrograms.Installed, config, jetStream);

    public async Task StartAgainAsync()
    {
        await StopAsync();
        await StartProcessAsync();
    }

    public async Task StopAsync()
    {
        if (_process is not { } process)
            return;
        _process = null;
        await process.StopAsync();
        process.Dispose();
    }

    public async Task KillAsync()
    {
        if (_process is not { } process)
            return;
        _process = null;
        await process.KillAsync();
        process.Dispose();
    }

    /// <summary>STOP freezes it with its sockets open; CONT lets it go on; USR2 makes it a lame duck.</summary>
    public void Signal(string signal)
    {
        using var kill = Process.Start("kill", ["-s", signal, _process!.ServerId.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
            Signal("CONT");
        await StopAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static async Task<NatsServer> StartProgramAsync(string program, string config, bool jetStream)
    {
        var server = new NatsServer(program, config, jetStream);
        await server.StartProcessAsync();
        return server;
    }

    private async Task StartProcessAsync()
    {
        var file = Path.Combine(_folder, "nats-server.conf");
        await File.WriteAllTextAsync(file, $$"""
            listen: "127.0.0.1:{{Port}}"
            server_name: {{_name}}
            {{_config}}
            """);
        _process = await GuardedProcess.StartAsync([_program, "-c", file], "TERM", Log, _folder, _folder, CancellationToken.None);
        using var deadline = new CancellationTokenSource(Patience);
        // The greeting comes before TLS and before authentication.
        while (!(await TcpProbe.AskAsync(Port, string.Empty, deadline.Token)).Contains(_name, StringComparison.Ordinal))
        {
            if (_process.HasExited)
                Assert.Fail($"nats-server did not start: {await File.ReadAllTextAsync(Log, deadline.Token)}");
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, deadline.Token);
        }
    }
}
