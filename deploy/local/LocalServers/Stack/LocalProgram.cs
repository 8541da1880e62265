using System.Globalization;
using System.Net;

namespace CryptoScreener.LocalServers.Stack;

/// <summary>One of our own programs as a process: ends with us, can be stopped, killed, frozen and started again.</summary>
public sealed class LocalProgram : LocalProcess, IAsyncDisposable
{
    // As the images have it (docs/decisions/0098): what native code took and gave back stays with the arena, and there would be one for each thread.
    private const string MallocArenas = "MALLOC_ARENA_MAX";

    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(2) };

    private readonly IReadOnlyList<string> _command;
    private readonly Dictionary<string, string> _environment;
    private readonly string _folder;

    internal LocalProgram(
        string name, string project, int healthPort, string folder, IReadOnlyDictionary<string, string> environment, IReadOnlyList<string> arguments)
    {
        Name = name;
        HealthPort = healthPort;
        _folder = Directory.CreateDirectory(folder).FullName;
        LogFile = Path.Combine(_folder, $"{name}.log");
        // A shell passes on only what it could have set itself: names with other characters, such as an exchange's, need env.
        _environment = environment.Where(setting => IsShellName(setting.Key)).ToDictionary();
        _environment.TryAdd(MallocArenas, Environment.GetEnvironmentVariable(MallocArenas) ?? "2");
        _command = ["env", .. environment.Where(setting => !IsShellName(setting.Key)).Select(setting => $"{setting.Key}={setting.Value}"), "dotnet", BuiltPrograms.PathOf(project), .. arguments];
    }

    private static bool IsShellName(string name) => name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');

    public string Name { get; }

    public int HealthPort { get; }

    /// <summary>What it wrote, over all its starts.</summary>
    public string LogFile { get; }

    public async Task StartAsync(CancellationToken stop) =>
        Guarded = await GuardedProcess.StartAsync(_command, _environment, "TERM", LogFile, _folder, temporary: null, stop);

    /// <summary>Whether it is ready and nothing it works with is away; what it said instead, if anything.</summary>
    public async Task<(bool Ready, string Said)> ReadyAsync(CancellationToken stop)
    {
        try
        {
            using var response = await Http.GetAsync(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{HealthPort}/health/ready"), stop);
            var said = await response.Content.ReadAsStringAsync(stop);
            return (response.StatusCode == HttpStatusCode.OK && !said.Contains("\"status\":\"degraded\"", StringComparison.Ordinal), said);
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !stop.IsCancellationRequested)
        {
            return (false, e.Message);
        }
    }

    public async ValueTask DisposeAsync() => await StopAsync();
}
