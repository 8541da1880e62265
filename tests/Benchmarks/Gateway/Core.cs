using System.Diagnostics;
using System.Globalization;

namespace CryptoScreener.Benchmarks.Gateway;

/// <summary>Keeps a process on one core of the machine.</summary>
internal static class Core
{
    private const int Attempts = 10;

    /// <summary>All its threads, and with them those that they will start: <see cref="Process.ProcessorAffinity"/> moves the first thread alone.</summary>
    internal static Task PinAsync(int processId, int core) => MoveAsync(processId, Text(core));

    /// <summary>On all cores again: what a thread that was forgotten starts from now on, a browser for instance, would stay on the one.</summary>
    internal static Task FreeAsync(int processId) => MoveAsync(processId, $"0-{Text(Environment.ProcessorCount - 1)}");

    // A thread that ends meanwhile fails it, and one that begins meanwhile has the cores of whoever began it.
    private static async Task MoveAsync(int processId, string cores)
    {
        if (!OperatingSystem.IsLinux() || Environment.ProcessorCount < 2) return;
        for (var attempt = 1; !await TryMoveAsync(processId, cores) || !AreAllOn(processId, cores); attempt++)
            if (attempt == Attempts) throw new InvalidOperationException($"taskset could not move process {processId} to {cores}: what follows would not be of these cores");
    }

    private static async Task<bool> TryMoveAsync(int processId, string cores)
    {
        var start = new ProcessStartInfo("taskset", ["-a", "-p", "-c", cores, Text(processId)]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var taskset = Process.Start(start) ?? throw new InvalidOperationException("taskset could not be started");
        await Task.WhenAll(taskset.StandardOutput.ReadToEndAsync(), taskset.StandardError.ReadToEndAsync());
        await taskset.WaitForExitAsync();
        return taskset.ExitCode == 0;
    }

    private static bool AreAllOn(int processId, string cores)
    {
        try
        {
            return Directory.GetDirectories($"/proc/{Text(processId)}/task")
                .All(thread => File.ReadLines(Path.Combine(thread, "status")).Contains($"Cpus_allowed_list:\t{cores}"));
        }
        catch (IOException)
        {
            return false; // one has ended meanwhile
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
