using CryptoScreener.Contracts.Bus;
using CryptoScreener.Contracts.Json;
using CryptoScreener.Messaging.Reading;

namespace CryptoScreener.ApiGateway.Alerts;

/// <summary>The last alert a client has: of which stream (its epoch), and its sequence there.</summary>
internal readonly record struct ResumePoint(long Epoch, ulong Sequence);

/// <summary>Where a follower begins.</summary>
/// <param name="From">The sequence after which it is given everything.</param>
/// <param name="Recovered">Whether that is everything since the point it asked to resume from.</param>
internal sealed record AlertStart(AlertCursor Cursor, ulong From, bool Recovered);

/// <summary>
/// Puts followers back where they were: from the ring, or from the stream when they were away for long. All that was
/// missed or nothing: a client that cannot have all of it is told so and asks the REST interface.
/// </summary>
internal sealed class AlertResume(AlertRing ring, StoredReader stream, TimeProvider time)
{
    private const int MostRecovered = 5_000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    // Each reads into memory what one client missed: four of the largest are 30 MB.
    private readonly SemaphoreSlim _readers = new(4);

    /// <returns>Null when the gateway has not read the stream yet.</returns>
    public async Task<AlertStart?> StartAsync(AlertFilter filter, ResumePoint? resume, CancellationToken stop)
    {
        if (!await IsReadAsync(stop)) return null;
        if (resume is { } point)
        {
            if (ring.Covers(point.Epoch, point.Sequence)) return Recovered(filter, point, point.Sequence, null);
            if (point.Epoch == ring.Span.Epoch && await ReadMissedAsync(filter, point, stop) is var (backlog, through))
                return Recovered(filter, point, through, backlog);
        }

        var (epoch, _, last) = ring.Span;
        return new AlertStart(new AlertCursor(ring, filter, epoch, last), last, Recovered: false);
    }

    /// <param name="id">Of the last alert that the follower has; the newest when it has none.</param>
    /// <returns>The same as with a place, where an alert that is unknown, forgotten or not the viewer's has none.</returns>
    public async Task<AlertStart?> StartAfterAsync(AlertFilter filter, string? id, CancellationToken stop) => await IsReadAsync(stop)
        ? await StartAsync(filter, id is null ? null : ring.PlaceOf(id, filter.Viewer), stop)
        : null;

    private async Task<bool> IsReadAsync(CancellationToken stop)
    {
        try
        {
            await ring.Loaded.WaitAsync(Patience, time, stop);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private AlertStart Recovered(AlertFilter filter, ResumePoint point, ulong from, Queue<StreamedAlert>? backlog) =>
        new(new AlertCursor(ring, filter, point.Epoch, from, backlog), point.Sequence, Recovered: true);

    private async Task<(Queue<StreamedAlert> Backlog, ulong Through)?> ReadMissedAsync(AlertFilter filter, ResumePoint point, CancellationToken stop)
    {
        await _readers.WaitAsync(stop);
        try
        {
            using var patience = new CancellationTokenSource(Patience, time);
            using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop, patience.Token);
            var missed = new Missed(filter, point.Sequence, ring.Span.Last);
            try
            {
                await stream.ReadAsync(
                    Streams.Alerts,
                    Subjects.AllAlerts,
                    new StreamPosition(point.Sequence, point.Epoch),
                    async (batch, _) =>
                    {
                        if (missed.Take(batch)) await ending.CancelAsync();
                    },
                    ending.Token);
            }
            catch (OperationCanceledException) when (!stop.IsCancellationRequested)
            {
                // read as far as needed, or as long as we wait
            }

            return missed.IsComplete ? (missed.Alerts, missed.Through) : null;
        }
        finally
        {
            _readers.Release();
        }
    }

    private sealed class Missed(AlertFilter filter, ulong after, ulong end)
    {
        public Queue<StreamedAlert> Alerts { get; } = new();

        public ulong Through { get; private set; }

        public bool IsComplete { get; private set; }

        /// <returns>Whether it is decided.</returns>
        public bool Take(StoredBatch batch)
        {
            if (IsComplete) return true;
            // No sequence of this stream is ever deleted alone: one that does not follow says that some have expired.
            if (batch.Truncated || (Through == 0 && batch.Messages[0].Sequence != after + 1)) return true;
            foreach (var message in batch.Messages)
            {
                var json = message.Data.ToArray();
                if (BusJson.Read(json, ContractsJson.Default.AlertEvent) is { } alert && filter.Matches(alert))
                    Alerts.Enqueue(new StreamedAlert(message.Sequence, alert, json));
                if (Alerts.Count > MostRecovered) return true;
            }

            Through = batch.Position.Sequence;
            return IsComplete = Through >= end;
        }
    }
}
