using System.Diagnostics;
using CryptoScreener.AlertEngine.Delivery.Sending;
using CryptoScreener.AlertEngine.Recording;
using CryptoScreener.Hosting;
using CryptoScreener.Hosting.Lifecycle;
using CryptoScreener.Hosting.Telemetry;
using CryptoScreener.Rules.Templates;
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
    EndpointStore endpoints,
    EndpointShare share,
    LineBook book,
    ResultWriter results,
    OperatorEndpoint operators,
    RecordedSignal recorded,
    WhenAvailable whenAvailable,
    DeliveryMetrics metrics,
    StageLatency stages,
    IOptions<DeliveryOptions> options,
    TimeProvider time,
    ILogger<DeliveryWorker> logger) : BackgroundService
{
    private const int LargestClaim = 500;
    private const int ClaimsInARow = 4; // then endpoints are read again, however much is due
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan TidyInterval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan DrainLimit = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim _wake = new(0, 1);
    private readonly CancellationTokenSource _sending = new();
    private long _running;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        recorded.Recorded += Wake;
        var writing = results.RunAsync(CancellationToken.None);
        try
        {
            await whenAvailable.RunAsync("saving the operator's webhook", operators.SaveAsync, stoppingToken);
            await whenAvailable.RunAsync("sealing endpoints with the current key", endpoints.SealAllAsync, stoppingToken);
            await Together.RunAsync(stoppingToken, share.RunAsync, SendAsync, TidyAsync, writing.WaitAsync);
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
        while (true)
        {
            await whenAvailable.RunAsync("reading endpoints", book.RefreshAsync, stop);
            for (var claims = 0; claims < ClaimsInARow && await ClaimAsync(stop); claims++)
            {
                // more is due than one claim takes
            }

            await _wake.WaitAsync(Look, stop);
        }
    }

    /// <returns>Whether it took as many as it might: then more may be due.</returns>
    private async Task<bool> ClaimAsync(CancellationToken stop)
    {
        var all = options.Value.Parallel;
        var free = all - (int)Interlocked.Read(ref _running);
        EndpointRoom[] rooms = [.. book.Lines.Select(line => line.Room(free, all)).Where(room => room.Room > 0)];
        if (free <= 0 || rooms.Length == 0) return false;
        var most = Math.Min(LargestClaim, (free + 1) / 2); // half: before the rest is given away, shares are counted anew
        var claim = Guid.NewGuid();
        var holdFor = TimeSpan.FromSeconds((2 * options.Value.TimeoutSeconds) + 30);
        var claimed = await whenAvailable.RunAsync("claiming deliveries", token => deliveries.ClaimAsync(claim, rooms, most, holdFor, token), stop);
        foreach (var ofEndpoint in claimed.GroupBy(delivery => delivery.EndpointId))
        {
            var line = book[ofEndpoint.Key];
            foreach (var message in line.Messages([.. ofEndpoint]))
            {
                Interlocked.Increment(ref _running); // a digest is one attempt
                _ = SendAsync(claim, line, message); // bounded by the room that was claimed for
            }
        }

        return claimed.Count == most;
    }

    private async Task SendAsync(Guid claim, EndpointLine line, ClaimedDelivery[] message)
    {
        try
        {
            var now = time.GetUtcNow();
            var started = time.GetTimestamp();
            var (fresh, old) = Split(line, message, now);
            foreach (var expired in old)
                await results.WriteAsync(new(claim, new DeliveryResult(expired.Id, DeliveryState.Expired, TimeSpan.Zero, Error: "older than the endpoint's max_age_seconds"), line.Endpoint.Id, null), _sending.Token);
            if (fresh.Length == 0)
            {
                line.Cancelled();
                return;
            }

            var attempt = line.IsGone
                ? new Attempt(AttemptOutcome.Rejected, Error: "the endpoint is gone")
                : await AttemptAsync(line, [.. fresh.Select(delivery => OutgoingAlert.Of(delivery, now))]);
            if (line.Ended(attempt)) TellBreaker(line, attempt);
            foreach (var delivery in fresh) await FinishAsync(claim, line, delivery, attempt, time.GetElapsedTime(started));
        }
        catch (OperationCanceledException) when (_sending.IsCancellationRequested)
        {
            line.Cancelled();
        }
        finally
        {
            Interlocked.Decrement(ref _running);
            Wake();
        }
    }

    private async Task<Attempt> AttemptAsync(EndpointLine line, OutgoingAlert[] alerts)
    {
        using var correlation = AlertCorrelation.Begin(alerts[0].Alert);
        using var span = AlertTrace.Continue("deliver", ActivityKind.Client, alerts[0].Alert)?.SetTag("channel", line.Endpoint.Kind).SetTag("alerts", alerts.Length);
        try
        {
            return await line.Channel.SendAsync(line.Endpoint, line.Settings, alerts, _sending.Token);
        }
        catch (Exception e) when (e is TemplateException or UriFormatException)
        {
            DeliveryLog.SettingsCannotWork(logger, line.Endpoint.Id, e);
            return new Attempt(AttemptOutcome.EndpointGone, Error: $"its {(e is TemplateException ? "template" : "address")} cannot work: {e.Message}");
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // A mistake of ours is no reason to switch somebody's endpoint off: it is tried again, and the next version may have mended it.
            DeliveryLog.SendingBroke(logger, line.Endpoint.Id, e);
            return Attempt.Failed($"sending broke: {e.Message}");
        }
    }

    private async Task FinishAsync(Guid claim, EndpointLine line, ClaimedDelivery delivery, Attempt attempt, TimeSpan took)
    {
        using var correlation = Correlation.Begin(delivery.Alert is { } about ? AlertCorrelation.IdOf(about) : delivery.Id);
        TimeSpan? failingFor = line.FailingSince is { } since ? time.GetUtcNow() - DateTimeOffset.FromUnixTimeMilliseconds(since) : null;
        var (result, disableBecause) = AttemptJudge.Judge(
            delivery, attempt, took, failingFor, TimeSpan.FromDays(options.Value.DisableAfterDays), Random.Shared.NextDouble());
        metrics.Attempted(attempt.Outcome == AttemptOutcome.Delivered, delivery.Attempts > 0, result.State);
        if (result.State == DeliveryState.Dead) DeliveryLog.GivenUp(logger, delivery.Id, delivery.EndpointId, delivery.Attempts + 1, attempt.Error!);
        if (delivery is { Event: DeliveryEvent.Alert, IsReplay: false, Alert: { } alert })
        {
            var now = time.GetUtcNow().ToUnixTimeMilliseconds();
            if (delivery.Attempts == 0) stages.Record(Stage.AlertToFirstAttempt, alert.EvaluatedAt, now);
            if (result.State == DeliveryState.Delivered) stages.Record(Stage.Delivered, alert.EvaluatedAt, now);
        }

        await results.WriteAsync(new FinishedDelivery(claim, result, line.Endpoint.Id, disableBecause), CancellationToken.None);
    }

    private static (ClaimedDelivery[] Fresh, ClaimedDelivery[] Old) Split(EndpointLine line, ClaimedDelivery[] message, DateTimeOffset now)
    {
        if (line.Settings.MaxAgeSeconds is not { } seconds) return (message, []);
        var oldest = (now - TimeSpan.FromSeconds(seconds)).ToUnixTimeMilliseconds();
        var byAge = message.ToLookup(delivery => delivery.WantedAt < oldest);
        return ([.. byAge[false]], [.. byAge[true]]);
    }

    private void TellBreaker(EndpointLine line, in Attempt attempt)
    {
        if (line.IsOpen) DeliveryLog.BreakerOpened(logger, line.Endpoint.Id, attempt.Error ?? "");
        else DeliveryLog.BreakerClosed(logger, line.Endpoint.Id);
    }

    private async Task TidyAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(TidyInterval, time);
        do
        {
            metrics.GivenUp(await whenAvailable.RunAsync("giving up for endpoints that are off", deliveries.GiveUpForDisabledAsync, stop));
            metrics.Pending((await whenAvailable.RunAsync("counting deliveries", deliveries.CountAsync, stop)).Pending);
        }
        while (await timer.WaitForNextTickAsync(stop));
    }

    // Running attempts may end and write their results; what does not in time is claimed anew by somebody.
    private async Task DrainAsync(Task writing)
    {
        using var limit = new CancellationTokenSource(DrainLimit, time);
        while (Interlocked.Read(ref _running) > 0 && !limit.IsCancellationRequested) await _wake.WaitAsync(Look, CancellationToken.None);
        await _sending.CancelAsync();
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
        _sending.Dispose();
        _wake.Dispose();
        base.Dispose();
    }
}
