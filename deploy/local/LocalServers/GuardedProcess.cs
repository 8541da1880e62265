using System.Diagnostics;
using System.Globalization;

namespace CryptoScreener.LocalServers;

/// <summary>
/// A server under a shell that reads a pipe from us. A word on it, or its end because we are gone (kill -9 included), makes
/// the shell stop the server. PR_SET_PDEATHSIG was rejected: it follows the death of the thread that
/// forked, and the kernel clears it when privileges are dropped.
/// </summary>
internal sealed class GuardedProcess : IDisposable
{
    // Arguments: log file, stop signal, folder to delete if we die ('' keeps it), command. It prints the server's pid.
    // The server gets no end of the pipe. The watcher ignores TERM once it has work to do, so that the last line ends it
    // only while it still waits for us.
    private const string Guard = """
        log=$1; stop_signal=$2; temporary=$3; shift 3
        exec 3<&0
        "$@" 3<&- </dev/null >>"$log" 2>&1 &
        server=$!
        echo "$server"
        (
          if read -r _ <&3; then temporary=; fi
          trap '' TERM
          kill -s "$stop_signal" "$server"
          tenths=0
          while [ $tenths -lt 300 ] && kill -0 "$server"; do sleep 0.1; tenths=$((tenths + 1)); done
          kill -s KILL "$server"
          if [ -n "$temporary" ]; then rm -rf "$temporary"; fi
        ) >/dev/null 2>&1 &
        watcher=$!
        exec 3<&-
        wait "$server"; code=$?
        kill "$watcher" 2>/dev/null
        exit "$code"
        """;

    private readonly Process _shell;

    private GuardedProcess(Process shell, int serverId)
    {
        _shell = shell;
        ServerId = serverId;
    }

    internal int ServerId { get; }

    internal bool HasExited => _shell.HasExited;

    internal static Task<GuardedProcess> StartAsync(
        IReadOnlyList<string> command, string stopSignal, string logFile, string workingDirectory, string? temporary, CancellationToken stop) =>
        StartAsync(command, new Dictionary<string, string>(), stopSignal, logFile, workingDirectory, temporary, stop);

    /// <param name="environment">Added to ours. Secrets belong here: the command line is for every account of the machine to read.</param>
    internal static async Task<GuardedProcess> StartAsync(
        IReadOnlyList<string> command,
        IReadOnlyDictionary<string, string> environment,
        string stopSignal,
        string logFile,
        string workingDirectory,
        string? temporary,
        CancellationToken stop)
    {
        // A session of its own: Ctrl-C in a terminal reaches us alone, and we stop the servers after their users.
        string[] session = ServerPrograms.TryFind("setsid") is { } setsid ? [setsid] : [];
        string[] all = [.. session, "/bin/sh", "-c", Guard, "guard", logFile, stopSignal, temporary ?? "", .. command];
        var start = new ProcessStartInfo(all[0], all.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            WorkingDirectory = workingDirectory,
        };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        var shell = Process.Start(start) ?? throw new LocalServerException($"{all[0]} could not be started.");
        var line = await shell.StandardOutput.ReadLineAsync(stop);
        if (int.TryParse(line, NumberStyles.None, CultureInfo.InvariantCulture, out var serverId)) return new GuardedProcess(shell, serverId);
        shell.Dispose();
        throw new LocalServerException($"The shell that guards {command[0]} ended before it started the server.");
    }

    internal async Task StopAsync()
    {
        await SayStopAsync();
        await _shell.WaitForExitAsync(CancellationToken.None);
    }

    /// <summary>kill -9, as a crash would be. Returns when the process is gone.</summary>
    internal async Task KillAsync()
    {
        try
        {
            using var server = Process.GetProcessById(ServerId);
            server.Kill();
        }
        catch (ArgumentException)
        {
            // It was gone already, which is what was asked for.
        }

        await _shell.WaitForExitAsync(CancellationToken.None);
    }

    internal Task SignalAsync(string signal) =>
        Tool.RunAsync(["kill", "-s", signal, ServerId.ToString(CultureInfo.InvariantCulture)], CancellationToken.None);

    public void Dispose() => _shell.Dispose();

    private async Task SayStopAsync()
    {
        try
        {
            await _shell.StandardInput.WriteLineAsync("stop");
            await _shell.StandardInput.FlushAsync();
        }
        catch (IOException)
        {
            // The server ended by itself, and the shell with it.
        }
    }
}
