using System.Diagnostics;
using Xunit;

namespace CryptoScreener.Testing;

/// <summary>A folder with scripts (<c>*.mjs</c>), a package.json and its lock file, installed once below artifacts.</summary>
public sealed class NodeClient
{
    private static readonly TimeSpan InstallPatience = TimeSpan.FromMinutes(3);
    private readonly string _source;
    private readonly string _script;
    private readonly Lazy<Task<string>> _folder;

    /// <param name="folder">Below the repository.</param>
    public NodeClient(string folder, string script)
    {
        (_source, _script) = (Repository.PathOf(folder.Split('/')), script);
        _folder = new(InstallAsync);
    }

    /// <summary>Only to end what hangs.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>Runs the script and returns what it printed; fails when it does.</summary>
    public async Task<string> RunAsync(params IEnumerable<string> arguments) => await RunAsync("node", [_script, .. arguments], await _folder.Value, Patience);

    /// <summary>The folder with the script and its packages, for whoever runs it otherwise.</summary>
    public Task<string> InstalledAsync() => _folder.Value;

    private async Task<string> InstallAsync()
    {
        string[] files = ["package.json", "package-lock.json", .. Directory.GetFiles(_source, "*.mjs").Select(file => Path.GetFileName(file))];
        var folder = Directory.CreateDirectory(Repository.PathOf("artifacts", "npm", Path.GetFileName(_source))).FullName;
        var isSame = Directory.Exists(Path.Combine(folder, "node_modules")) && files.All(f => IsSame(Path.Combine(_source, f), Path.Combine(folder, f)));
        if (isSame) return folder;
        foreach (var file in files) File.Copy(Path.Combine(_source, file), Path.Combine(folder, file), overwrite: true);
        await RunAsync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], folder, InstallPatience);
        return folder;
    }

    private static bool IsSame(string one, string other) => File.Exists(other) && File.ReadAllBytes(one).AsSpan().SequenceEqual(File.ReadAllBytes(other));

    private static async Task<string> RunAsync(string program, string[] arguments, string folder, TimeSpan patience)
    {
        using var process = Start(program, arguments, folder);
        using var timeout = new CancellationTokenSource(patience);
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(timeout.Token), process.StandardError.ReadToEndAsync(timeout.Token));
        try
        {
            await process.WaitForExitAsync(timeout.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{program} {string.Join(' ', arguments)} did not end within {patience}.");
        }

        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)} failed:\n{await errors}");
        return await output;
    }

    private static Process Start(string program, string[] arguments, string folder)
    {
        try
        {
            var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Fail($"{program} was not found. Install Node.js 18 or newer with npm (Debian: apt-get install nodejs npm).");
            throw;
        }
    }
}
