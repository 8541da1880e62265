using System.Diagnostics;

namespace CryptoScreener.ContractTests.Telemetry;

/// <summary>A checker of the monitoring stack. Its absence fails a test, with the way to mend it.</summary>
internal sealed class ExternalProgram(string name, string package)
{
    public static readonly ExternalProgram Promtool = new("promtool", "prometheus");
    public static readonly ExternalProgram Amtool = new("amtool", "prometheus-alertmanager");

    public async Task<(int ExitCode, string Output)> RunAsync(string arguments, string? input = null)
    {
        using var process = Process.Start(new ProcessStartInfo(Path(), arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Repository.Root,
        })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        if (input is not null) await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await errors);
    }

    private string Path()
    {
        foreach (var folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(System.IO.Path.PathSeparator))
        {
            if (File.Exists(System.IO.Path.Combine(folder, name))) return System.IO.Path.Combine(folder, name);
        }

        Assert.Fail($"{name} is missing. Install it with: apt-get install --no-install-recommends {package} (its service need not run).");
        return name;
    }
}
