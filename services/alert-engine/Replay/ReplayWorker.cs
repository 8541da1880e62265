using CryptoScreener.Storage.Connections;
using CryptoScreener.Storage.Replays;

namespace CryptoScreener.AlertEngine.Replay;

/// <summary>Takes replays from the queue in the database, one at a time. Any engine may; a claim that is not renewed is another's.</summary>
internal sealed class ReplayWorker(
    ReplayStore store, ReplayRunner runner, ReplayMetrics metrics, WhenAvailable whenAvailable, TimeProvider time, ILogger<ReplayWorker> logger) : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan BeatEvery = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            if (await whenAvailable.RunAsync("looking for replays", store.ClaimAsync, stoppingToken) is { } replay) await RunAsync(replay, stoppingToken);
            else await Task.Delay(LookEvery, time, stoppingToken);
        }
    }

    private async Task RunAsync(ClaimedReplay replay, CancellationToken stop)
    {
        var started = time.GetTimestamp();
        var progress = 0.0;
        using var ours = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var beating = BeatAsync(replay, () => Volatile.Read(ref progress), ours);
        ReplayLog.Started(logger, replay.Id, replay.Request.Rules.Count);
        string result;
        try
        {
            result = await EndAsync(replay, runner.RunAsync(replay.Request, part => Volatile.Write(ref progress, part), ours.Token), stop);
        }
        finally
        {
            await ours.CancelAsync();
            await beating.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        var took = time.GetElapsedTime(started);
        metrics.Ended(result, took);
        ReplayLog.Ended(logger, replay.Id, result, took);
    }

    private async Task<string> EndAsync(ClaimedReplay replay, Task<ReplayResult> running, CancellationToken stop)
    {
        try
        {
            var json = (await running).ToJson();
            return await whenAvailable.RunAsync("storing a replay", token => store.CompleteAsync(replay, json, token), stop) ? "ok" : "cancelled";
        }
        catch (ReplayException e)
        {
            await FailAsync(replay, e.Message, stop);
            return "refused";
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            await store.GiveBackAsync(replay, CancellationToken.None);
            return "interrupted";
        }
        catch (OperationCanceledException)
        {
            return "cancelled"; // or another engine has it
        }
        catch (Exception e) when (DatabaseErrors.IsUnavailable(e))
        {
            await whenAvailable.RunAsync("giving a replay back", token => store.GiveBackAsync(replay, token), stop);
            return "interrupted";
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // One request that we cannot digest must not end the evaluation beside it.
            ReplayLog.Failed(logger, replay.Id, e);
            await FailAsync(replay, "it failed for a reason of ours; the engine's log has it", stop);
            return "failed";
        }
    }

    private Task<bool> FailAsync(ClaimedReplay replay, string error, CancellationToken stop) =>
        whenAvailable.RunAsync("storing a replay", token => store.FailAsync(replay, error, token), stop);

    /// <summary>While the database is away nobody else can take it either.</summary>
    private async Task BeatAsync(ClaimedReplay replay, Func<double> progress, CancellationTokenSource ours)
    {
        while (true)
        {
            await Task.Delay(BeatEvery, time, ours.Token);
            if (!await whenAvailable.RunAsync("renewing a replay", token => store.BeatAsync(replay, progress(), token), ours.Token)) break;
        }

        await ours.CancelAsync();
    }
}
