using CryptoScreener.ApiGateway.Realtime.Topics;
using CryptoScreener.Messaging.Catalogues;
using CryptoScreener.Storage.Connections;
using CryptoScreener.Storage.Metrics;

namespace CryptoScreener.ApiGateway.Demands;

/// <summary>Carries to the database what pages look at: beside their requests, which wait for nothing of it.</summary>
internal sealed class PageDemandNotes(
    PageDemands demands, TopicBook topics, CatalogueBook catalogues, DemandStore store, TimeProvider time, ILogger<PageDemandNotes> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    /// <summary>A socket subscribes once, perhaps before there was a catalogue, and may stay for weeks: what its topics look at is said for it.</summary>
    private static readonly TimeSpan TopicInterval = TimeSpan.FromSeconds(15);

    /// <summary>Metrics that no rule looks at: accounts have this many, and those who are not signed in leave half of them.</summary>
    private const int Share = 16;
    private const int GuestShare = 8;

    private long _lookedAt;
    private bool _isFull;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken)) await RunOnceAsync(stoppingToken);
    }

    internal async Task RunOnceAsync(CancellationToken stop)
    {
        LookAtTopics();
        if (demands.TakeAll() is { Count: > 0 } notes) await NoteAsync(notes, stop);
    }

    private void LookAtTopics()
    {
        if (time.GetElapsedTime(_lookedAt) < TopicInterval || catalogues.Current is not { } catalogue) return;
        _lookedAt = time.GetTimestamp();
        foreach (var (asker, metrics) in topics.Metrics(catalogue)) demands.Use(asker, metrics);
    }

    private async Task NoteAsync(List<DemandNote> notes, CancellationToken stop)
    {
        List<string> used = [.. notes.Where(note => !note.IsMissing).Select(note => note.Name)];
        List<string> known = [.. notes.Where(note => note is { IsMissing: true, IsGuest: false }).Select(note => note.Name)];
        List<string> guests = [.. notes.Where(note => note is { IsMissing: true, IsGuest: true }).Select(note => note.Name)];
        try
        {
            var refusals = await store.NotePagesAsync(known, used, Share, stop);
            if (guests.Count > 0) refusals.AddRange(await store.NotePagesAsync(guests, [], GuestShare, stop));
            demands.Answer(known.Concat(guests), refusals);
            List<string> withoutRoom = [.. refusals.Where(refusal => refusal.Objection is null).Select(refusal => refusal.Name)];
            if (withoutRoom.Count > 0 && !_isFull) GatewayLog.PageDemandsFull(logger, string.Join(" ", withoutRoom), Share);
            if (known.Count + guests.Count > 0) _isFull = withoutRoom.Count > 0;
        }
        catch (Exception e) when (DatabaseErrors.IsUnavailable(e) && !stop.IsCancellationRequested)
        {
            demands.PutBack(notes); // noted when the database is back
        }
    }
}
