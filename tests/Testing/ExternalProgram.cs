using System.Diagnostics;
using Xunit;

namespace CryptoScreener.Testing;

/// <summary>A program that is not ours. Its absence fails a test, with the way to mend it.</summary>
/// <param name="orWith">Another way to get it, for where the package is not to be had.</param>
public sealed class ExternalProgram(string name, string package, string? orWith = null)
{
    public static readonly ExternalProgram Promtool = new("promtool", "prometheus");
    public static readonly ExternalProgram Prometheus = new("prometheus", "prometheus");
    public static readonly ExternalProgram Amtool = new("amtool", "prometheus-alertmanager");
    public static readonly ExternalProgram Node = new("node", "nodejs");
    public static readonly ExternalProgram Shell = new("sh", "dash");
    public static readonly ExternalProgram Bash = new("bash", "bash");

    /// <summary>Runs the program in the repository's root; <paramref name="environment"/> is <c>A=1 B=2</c>.</summary>
    public async Task<(int ExitCode, string Output)> RunAsync(string arguments, string? input = null, string environment = "")
    {
        using var process = Start(arguments, environment);
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        if (input is not null) await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await errors);
    }

    public Process Start(string arguments, string environment = "")
    {
        var start = new ProcessStartInfo(Find(), arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Repository.Root,
        };
        foreach (var setting in environment.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            start.Environment[setting.Split('=')[0]] = setting[(setting.IndexOf('=', StringComparison.Ordinal) + 1)..];
        return Process.Start(start)!;
    }

    private string Find()
    {
        foreach (var folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator))
        {
            if (File.Exists(Path.Combine(folder, name))) return Path.Combine(folder, name);
        }

        var other = orWith is null ? "" : $", or with {orWith}";
        Assert.Fail($"{name} is missing. Install it with: apt-get install --no-install-recommends {package} (its service need not run){other}.");
        return name;
    }
}
