using System.Diagnostics;

namespace CryptoScreener.LocalServers;

/// <summary>Runs a short-lived program to its end.</summary>
internal static class Tool
{
    internal static async Task RunAsync(IReadOnlyList<string> command, CancellationToken stop)
    {
        var (code, said) = await RunForOutputAsync(command, stop);
        if (code != 0) throw new LocalServerException($"'{string.Join(' ', command)}' ended with code {code} and said:{Environment.NewLine}{said}");
    }

    internal static async Task<bool> SucceedsAsync(IReadOnlyList<string> command, CancellationToken stop) =>
        (await RunForOutputAsync(command, stop)).Code == 0;

    internal static async Task<(int Code, string Said)> RunForOutputAsync(
        IReadOnlyList<string> command, CancellationToken stop, params IEnumerable<(string Name, string? Value)> environment)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(), // one that every account may enter
        };
        start.Environment["LC_ALL"] = "C"; // messages that we can recognise
        foreach (var (name, value) in environment) start.Environment[name] = value;
        using var process = Process.Start(start) ?? throw new LocalServerException($"{command[0]} could not be started.");
        var output = process.StandardOutput.ReadToEndAsync(stop);
        var errors = process.StandardError.ReadToEndAsync(stop);
        await process.WaitForExitAsync(stop);
        return (process.ExitCode, await output + await errors);
    }
}
