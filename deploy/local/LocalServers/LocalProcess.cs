namespace CryptoScreener.LocalServers;

/// <summary>A process under our guard that can be stopped, killed, frozen and thawed; whoever derives knows how to start it.</summary>
public abstract class LocalProcess
{
    private protected LocalProcess()
    {
    }

    public bool IsRunning => Guarded is { HasExited: false };

    public int ProcessId => Guarded?.ServerId ?? 0;

    private protected GuardedProcess? Guarded { get; set; }

    /// <summary>Asks it to end as an operator would, and waits until it has.</summary>
    public Task StopAsync() => EndAsync(process => process.StopAsync());

    /// <summary>kill -9. Returns when the process is gone.</summary>
    public Task KillAsync() => EndAsync(process => process.KillAsync());

    /// <summary>SIGSTOP: it keeps its sockets and leases and does nothing, as behind a network that swallows everything.</summary>
    public Task FreezeAsync() => Guarded?.SignalAsync("STOP") ?? Task.CompletedTask;

    public Task ThawAsync() => Guarded?.SignalAsync("CONT") ?? Task.CompletedTask;

    private async Task EndAsync(Func<GuardedProcess, Task> end)
    {
        if (Guarded is not { } process) return;
        await end(process);
        process.Dispose();
        Guarded = null;
    }
}
