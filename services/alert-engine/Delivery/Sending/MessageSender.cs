using System.Diagnostics;
using CryptoScreener.Hosting;
using CryptoScreener.Hosting.Telemetry;
using CryptoScreener.Rules.Templates;
using CryptoScreener.Storage.Delivery;
using Microsoft.Extensions.Options;

namespace CryptoScreener.AlertEngine.Delivery.Sending;

/// <summary>Makes attempts, many at once, and hands what came of each to the writer of results. Holds no connection to the database.</summary>
internal sealed class MessageSender(
    ResultWriter results, DeliveryMetrics metrics, StageLatency stages, IOptions<DeliveryOptions> options, TimeProvider time, ILogger<MessageSender> logger)
    : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private long _running;

    /// <summary>How many attempts run; a digest is one.</summary>
    public int Running => (int)Interlocked.Read(ref _running);

    /// <summary>An attempt has ended: there is room for another.</summary>
    public Action? Ended { get; set; }

    /// <summary>Begins an attempt. Whoever asks keeps to the room there is.</summary>
    public void Start(Guid claim, EndpointLine line, OutgoingMessage message)
    {
        Interlocked.Increment(ref _running);
        _ = SendAsync(claim, line, message);
    }

    /// <summary>Breaks off what still runs; it becomes due again by itself.</summary>
    public Task AbandonAsync() => _stop.CancelAsync();

    public void Dispose() => _stop.Dispose();

    private async Task SendAsync(Guid claim, EndpointLine line, OutgoingMessage message)
    {
        try
        {
            var now = time.GetUtcNow();
            var started = time.GetTimestamp();
            var (fresh, old) = Split(line, message.Deliveries, now);
            foreach (var expired in old)
            {
                line.Ended(expired);
                await results.WriteAsync(new(claim, TooOld(expired), line.Endpoint.Id, null), _stop.Token);
            }

            if (fresh.Length == 0)
            {
                line.Cancelled(message);
                return;
            }

            var attempt = line.IsGone
                ? new Attempt(AttemptOutcome.Rejected, Error: "the endpoint is gone")
                : await AttemptAsync(line, [.. fresh.Select(delivery => OutgoingAlert.Of(delivery, now))]);
            if (line.Ended(attempt, message)) TellBreaker(line, attempt);
            var isFirst = !line.WasRefused(fresh[0]); // pieces of refused digests are messages of their own
            var again = attempt.Outcome == AttemptOutcome.Rejected && !line.IsGone ? line.Halve(fresh) : null;
            for (var i = 0; i < fresh.Length; i++) await FinishAsync(claim, line, fresh[i], attempt, time.GetElapsedTime(started), isFirst, again?[i]);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            line.Cancelled(message);
        }
        finally
        {
            Interlocked.Decrement(ref _running);
            Ended?.Invoke();
        }
    }

    private async Task<Attempt> AttemptAsync(EndpointLine line, OutgoingAlert[] alerts)
    {
        using var correlation = AlertCorrelation.Begin(alerts[0].Alert);
        using var span = AlertTrace.Continue("deliver", ActivityKind.Client, alerts[0].Alert)?.SetTag("channel", line.Endpoint.Kind).SetTag("alerts", alerts.Length);
        try
        {
            return await line.Channel.SendAsync(line.Endpoint, line.Settings, alerts, _stop.Token);
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

    private async Task FinishAsync(Guid claim, EndpointLine line, ClaimedDelivery delivery, Attempt attempt, TimeSpan took, bool isFirst, TimeSpan? inSmallerMessageAfter)
    {
        using var correlation = Correlation.Begin(delivery.Alert is { } about ? AlertCorrelation.IdOf(about) : delivery.Id);
        // One message may have carried many alerts: in the trace of each stands what became of its own delivery, and what is measured here leads there.
        using var span = AlertTrace.Continue("settle", ActivityKind.Internal, delivery.Alert);
        TimeSpan? failingFor = line.FailingSince is { } since ? time.GetUtcNow() - DateTimeOffset.FromUnixTimeMilliseconds(since) : null;
        var (result, disableBecause) = AttemptJudge.Judge(
            delivery, attempt, took, failingFor, TimeSpan.FromDays(options.Value.DisableAfterDays), Random.Shared.NextDouble(), inSmallerMessageAfter);
        span?.SetTag("state", result.State.ToString()).SetTag("attempt", delivery.Attempts + 1);
        if (result.State != DeliveryState.Pending) line.Ended(delivery);
        isFirst &= delivery.Attempts == 0;
        metrics.Attempted(attempt.Outcome == AttemptOutcome.Delivered, !isFirst, result.State);
        if (result.State == DeliveryState.Dead) DeliveryLog.GivenUp(logger, delivery.Id, delivery.EndpointId, delivery.Attempts + 1, attempt.Error!);
        if (delivery is { Event: DeliveryEvent.Alert, IsReplay: false, Alert: { } alert })
        {
            var now = time.GetUtcNow().ToUnixTimeMilliseconds();
            if (isFirst) stages.Record(Stage.AlertToFirstAttempt, alert.EvaluatedAt, now);
            if (result.State == DeliveryState.Delivered) stages.Record(Stage.Delivered, alert.EvaluatedAt, now);
        }

        await results.WriteAsync(new FinishedDelivery(claim, result, line.Endpoint.Id, disableBecause), CancellationToken.None);
    }

    private static DeliveryResult TooOld(ClaimedDelivery delivery) =>
        new(delivery.Id, DeliveryState.Expired, TimeSpan.Zero, Error: "older than the endpoint's max_age_seconds", Counts: AttemptCounts.NotMade);

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
}
