using System.Diagnostics;
using System.Globalization;

namespace CryptoScreener.Benchmarks.Gateway;

/// <summary>Keeps a process on one core of the machine.</summary>
internal static class Core
{
    private const int Attempts = 3;

    /// <summary>All its threads, and with them those that they will start: <see cref="Process.ProcessorAffinity"/> moves the first thread alone.</summary>
    internal static async Task PinAsync(int processId, int core)
    {
        if (!OperatingSystem.IsLinux() || Environment.ProcessorCount < 2) return;
        for (var attempt = 1; !await TryPinAsync(processId, core); attempt++) // a thread that ends meanwhile fails it
            if (attempt == Attempts) throw new InvalidOperationException($"taskset could not move process {processId} to core {core}: what follows would not be of one core");
    }

    /// <summary>On all cores again: what it starts from now on would stay on the one.</summary>
    internal static async Task FreeAsync(int processId)
    {
        if (OperatingSystem.IsLinux()) await TryPinAsync(processId, $"0-{Text(Environment.ProcessorCount - 1)}");
    }

    private static Task<bool> TryPinAsync(int processId, int core) => TryPinAsync(processId, Text(core));

    private static async Task<bool> TryPinAsync(int processId, string cores)
    {
        var start = new ProcessStartInfo("taskset", ["-a", "-p", "-c", cores, Text(processId)]) { RedirectStandardOutput = true };
        using var taskset = Process.Start(start) ?? throw new InvalidOperationException("taskset could not be started");
        await taskset.StandardOutput.ReadToEndAsync();
        await taskset.WaitForExitAsync();
        return taskset.ExitCode == 0;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
