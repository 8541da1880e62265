using CryptoScreener.AlertEngine.Delivery.Sending;
using CryptoScreener.AlertEngine.Recording;
using CryptoScreener.Hosting.Health;
using CryptoScreener.Hosting.Lifecycle;
using CryptoScreener.Storage.Connections;
using CryptoScreener.Storage.Delivery;
using Microsoft.Extensions.Options;

namespace CryptoScreener.AlertEngine.Delivery;

/// <summary>
/// Sends what is due: claims for each endpoint what it has room for, sends without holding a connection, and hands the results to
/// their writer. A crash repeats at most the running attempts, under the same ids.
/// </summary>
internal sealed class DeliveryWorker(
    DeliveryStore deliveries,
    EndpointShare share,
    LineBook book,
    MessageSender sender,
    ResultWriter results,
    OperatorEndpoint operators,
    SecretSealer sealer,
    RecordedSignal recorded,
    WhenAvailable whenAvailable,
    HeartbeatRegistry hearts,
    DeliveryMetrics metrics,
    IOptions<DeliveryOptions> options,
    TimeProvider time) : BackgroundService
{
    private const int LargestClaim = 500;
    private const int ClaimsInARow = 4; // then endpoints are read again, however much is due
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan TidyInterval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan StuckAfter = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan DrainLimit = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim _wake = new(0, 1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        recorded.Recorded += Wake;
        sender.Ended = Wake;
        var writing = results.RunAsync(CancellationToken.None);
        try
        {
            await whenAvailable.RunAsync("saving the operator's webhook", operators.SaveAsync, stoppingToken);
            await Together.RunAsync(stoppingToken, share.RunAsync, SendAsync, TidyAsync, sealer.RunAsync, writing.WaitAsync);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // what was claimed and not finished becomes due again by itself
        }
        finally
        {
            recorded.Recorded -= Wake;
            await DrainAsync(writing);
        }
    }

    private async Task SendAsync(CancellationToken stop)
    {
        using var heart = hearts.Watch("deliverer", StuckAfter);
        while (true)
        {
            heart.Rest(); // waiting for the database, or for something to send, is no sign of being stuck
            await whenAvailable.RunAsync("reading endpoints", book.RefreshAsync, stop);
            for (var claims = 0; claims < ClaimsInARow && await ClaimAsync(heart, stop); claims++)
            {
                // more is due than one claim takes
            }

            await _wake.WaitAsync(Look, stop);
        }
    }

    /// <returns>Whether it took as many as it might: then more may be due.</returns>
    private async Task<bool> ClaimAsync(Heartbeat heart, CancellationToken stop)
    {
        heart.Beat();
        var all = options.Value.Parallel;
        var free = all - sender.Running;
        EndpointRoom[] rooms = [.. book.Lines.Select(line => line.Room(free, all)).Where(room => room.Room > 0)];
        if (free <= 0 || rooms.Length == 0)
        {
            heart.Rest();
            return false;
        }

        var most = Math.Min(LargestClaim, (free + 1) / 2); // half: before the rest is given away, shares are counted anew
        var claim = Guid.NewGuid();
        var holdFor = TimeSpan.FromSeconds((2 * options.Value.TimeoutSeconds) + 30);
        heart.Rest();
        var claimed = await whenAvailable.RunAsync("claiming deliveries", token => deliveries.ClaimAsync(claim, rooms, most, holdFor, token), stop);
        heart.Beat();
        foreach (var ofEndpoint in claimed.GroupBy(delivery => delivery.EndpointId))
        {
            var line = book[ofEndpoint.Key];
            foreach (var message in line.Messages([.. ofEndpoint]))
            {
                sender.Start(claim, line, message); // bounded by the room that was claimed for
            }
        }

        heart.Rest();
        return claimed.Count == most;
    }

    private async Task TidyAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(TidyInterval, time);
        do
        {
            metrics.GivenUp(await whenAvailable.RunAsync("giving up for endpoints that are off", deliveries.GiveUpForDisabledAsync, stop));
            metrics.Pending(await whenAvailable.RunAsync("counting deliveries", deliveries.CountPendingAsync, stop));
        }
        while (await timer.WaitForNextTickAsync(stop));
    }

    // Running attempts may end and write their results; what does not in time is claimed anew by somebody.
    private async Task DrainAsync(Task writing)
    {
        using var limit = new CancellationTokenSource(DrainLimit, time);
        while (sender.Running > 0 && !limit.IsCancellationRequested) await _wake.WaitAsync(Look, CancellationToken.None);
        await sender.AbandonAsync();
        results.Complete();
        await Task.WhenAny(writing, Task.Delay(DrainLimit, time, CancellationToken.None));
    }

    private void Wake()
    {
        try
        {
            if (_wake.CurrentCount == 0) _wake.Release();
        }
        catch (SemaphoreFullException)
        {
            // somebody else woke it
        }
    }

    public override void Dispose()
    {
        _wake.Dispose();
        base.Dispose();
    }
}
