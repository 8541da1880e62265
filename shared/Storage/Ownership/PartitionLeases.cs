using CryptoScreener.Storage.Connections;
using Microsoft.Extensions.Logging;

namespace CryptoScreener.Storage.Ownership;

/// <summary>
/// Keeps a worker's fair share of the partitions and runs work for each. While PostgreSQL is away the work goes on: nobody
/// can take over without the database, and what a worker does that was cut off alone is fenced by its epoch.
/// </summary>
public sealed partial class PartitionLeases
{
    private static readonly TimeSpan GoodByeTimeout = TimeSpan.FromSeconds(5);

    private readonly LeaseStore _store;
    private readonly TimeProvider _time;
    private readonly ILogger<PartitionLeases> _logger;

    internal PartitionLeases(LeaseStore store, TimeProvider time, ILogger<PartitionLeases> logger)
    {
        _store = store;
        _time = time;
        _logger = logger;
    }

    /// <summary>
    /// Calls <paramref name="hold"/> for each partition we acquire. Its token is cancelled when the partition must be left
    /// (lost, needed by a new worker, or we stop): it then finishes and returns, and the partition is given back. A
    /// <see cref="LeaseLostException"/> or the token's cancellation ends it likewise; any other exception ends the whole run.
    /// </summary>
    public async Task RunAsync(LeaseOptions options, Func<PartitionLease, CancellationToken, Task> hold, CancellationToken stop)
    {
        var run = new LeaseRun(_store, options, hold, _time, _logger);
        try
        {
            await run.BeatUntilAsync(stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The ordinary end.
        }
        finally
        {
            await run.EndAllAsync();
            await SayGoodByeAsync(run, options);
        }
    }

    private async Task SayGoodByeAsync(LeaseRun run, LeaseOptions options)
    {
        using var patience = new CancellationTokenSource(GoodByeTimeout, _time);
        try
        {
            await run.GiveBackEndedAsync(patience.Token);
            await _store.LeaveAsync(options, patience.Token);
        }
        catch (Exception e) when (DatabaseErrors.IsUnavailable(e) || patience.IsCancellationRequested)
        {
            LogNotGivenBack(options.Kind, e); // they expire by themselves
        }
    }

    [LoggerMessage(6105, LogLevel.Warning, "Could not give back {Kind} partitions; others take them over when they expire")]
    private partial void LogNotGivenBack(string kind, Exception error);
}
