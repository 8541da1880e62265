namespace CryptoScreener.LocalServers;

/// <summary>
/// A private server on loopback that ends when we do. It can be stopped, killed and started again on the same port with
/// the same data, which is how tests and the launcher see what happens when something is away.
/// </summary>
public abstract class LocalServer : LocalProcess, IAsyncDisposable
{
    private const int StartAttempts = 20;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan PauseBetweenAttempts = TimeSpan.FromMilliseconds(250);

    private readonly LocalServerOptions _options;
    private readonly string _name;

    private protected LocalServer(string name, LocalServerOptions options, string? temporaryFolder = null)
    {
        _name = name;
        _options = options;
        Folder = new ServerFolder(name, options.DataDirectory, temporaryFolder ?? Path.GetTempPath());
        Port = options.Port ?? FreePort.Next();
    }

    public const string Host = "127.0.0.1";

    public int Port { get; private set; }

    /// <summary>What the server wrote, over all its starts.</summary>
    public string LogFile => Folder.Log;

    /// <summary>Where it keeps its data: for tests that take them away.</summary>
    public string DataFolder => Folder.Data;

    private protected ServerFolder Folder { get; }

    private protected abstract string StopSignal { get; }

    private protected abstract IReadOnlyList<string> Command { get; }

    private protected abstract Task<bool> IsReadyAsync(int processId, CancellationToken stop);

    private protected async Task StartFirstAsync(Func<CancellationToken, Task> prepare, CancellationToken stop)
    {
        try
        {
            await prepare(stop);
            await StartAsync(mayMove: _options.Port is null, stop);
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts a stopped, killed or crashed server on its port with its data; a running one is stopped first.</summary>
    public async Task StartAgainAsync(CancellationToken stop = default)
    {
        await StopAsync();
        await StartAsync(mayMove: false, stop);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Folder.DeleteIfTemporary();
        GC.SuppressFinalize(this);
    }

    private async Task StartAsync(bool mayMove, CancellationToken stop)
    {
        for (var attempt = 1; ; attempt++)
        {
            var logStart = Folder.LogLength;
            var temporary = Folder.IsTemporary ? Folder.Root : null;
            Guarded = await GuardedProcess.StartAsync([.. Command, .. _options.Arguments], StopSignal, Folder.Log, Folder.Root, temporary, stop);
            if (await BecomesReadyAsync(Guarded, stop)) return;

            await StopAsync();
            var said = Folder.LogSince(logStart);
            // Another process was quicker with the port, or what a killed server left (PostgreSQL's backends) is still going.
            if (!said.Contains("in use", StringComparison.OrdinalIgnoreCase) || attempt == StartAttempts) throw DidNotStart(said);
            if (mayMove) Port = FreePort.Next();
            await Task.Delay(PauseBetweenAttempts, TimeProvider.System, stop);
        }
    }

    private async Task<bool> BecomesReadyAsync(GuardedProcess process, CancellationToken stop)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(stop);
        deadline.CancelAfter(_options.StartTimeout);
        try
        {
            while (!process.HasExited)
            {
                if (await IsReadyAsync(process.ServerId, deadline.Token)) return true;
                await Task.Delay(Pause, TimeProvider.System, deadline.Token);
            }
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            // Not ready in time; what the server wrote says why.
        }

        return false;
    }

    private LocalServerException DidNotStart(string said) => new(
        $"{_name} did not become ready on {Host}:{Port} within {_options.StartTimeout.TotalSeconds:0} s. Whole log: {Folder.Log}. "
        + $"It said:{Environment.NewLine}{said}");
}
