using System.Globalization;
using System.Net;

namespace CryptoScreener.LocalServers.Stack;

/// <summary>One of our own programs as a process: ends with us, can be stopped, killed, frozen and started again.</summary>
public sealed class LocalProgram : IAsyncDisposable
{
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(2) };

    private readonly IReadOnlyList<string> _command;
    private readonly string _folder;
    private GuardedProcess? _process;

    internal LocalProgram(
        string name, string project, int healthPort, string folder, IReadOnlyDictionary<string, string> environment, IReadOnlyList<string> arguments)
    {
        Name = name;
        HealthPort = healthPort;
        _folder = Directory.CreateDirectory(folder).FullName;
        LogFile = Path.Combine(_folder, $"{name}.log");
        _command = ["env", .. environment.Select(e => $"{e.Key}={e.Value}"), "dotnet", BuiltPrograms.PathOf(project), .. arguments];
    }

    public string Name { get; }

    public int HealthPort { get; }

    /// <summary>What it wrote, over all its starts.</summary>
    public string LogFile { get; }

    public bool IsRunning => _process is { HasExited: false };

    public int ProcessId => _process?.ServerId ?? 0;

    public async Task StartAsync(CancellationToken stop) =>
        _process = await GuardedProcess.StartAsync(_command, "TERM", LogFile, _folder, temporary: null, stop);

    /// <summary>SIGTERM, and waits for the end.</summary>
    public async Task StopAsync()
    {
        if (_process is not { } process) return;
        await process.StopAsync();
        process.Dispose();
        _process = null;
    }

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        if (_process is not { } process) return;
        await process.KillAsync();
        process.Dispose();
        _process = null;
    }

    /// <summary>SIGSTOP: it holds its sockets and leases but does nothing.</summary>
    public Task FreezeAsync() => _process?.SignalAsync("STOP") ?? Task.CompletedTask;

    public Task ThawAsync() => _process?.SignalAsync("CONT") ?? Task.CompletedTask;

    /// <summary>Whether it says it is ready; what it said instead, if anything.</summary>
    public async Task<(bool Ready, string Said)> ReadyAsync(CancellationToken stop)
    {
        try
        {
            using var response = await Http.GetAsync(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{HealthPort}/health/ready"), stop);
            return (response.StatusCode == HttpStatusCode.OK, await response.Content.ReadAsStringAsync(stop));
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !stop.IsCancellationRequested)
        {
            return (false, e.Message);
        }
    }

    public async ValueTask DisposeAsync() => await StopAsync();
}
