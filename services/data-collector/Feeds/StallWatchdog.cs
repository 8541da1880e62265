using CryptoScreener.Contracts.Candles;
using CryptoScreener.Contracts.Feed;
using CryptoScreener.Contracts.Json;
using CryptoScreener.DataCollector.Backfill;
using CryptoScreener.DataCollector.Candles;
using CryptoScreener.DataCollector.Exchanges;

namespace CryptoScreener.DataCollector.Feeds;

/// <summary>
/// Finds subscriptions that were acknowledged and deliver nothing. Silence alone is no fault: an instrument that has been
/// silent for unusually long is looked up, and stalled if its history has trades that its stream did not tell. It is then
/// subscribed again, and if that does not help its socket is replaced; at once if all of the socket is silent. When nobody can be
/// asked, a socket that is silent for long is replaced on suspicion.
/// </summary>
internal sealed class StallWatchdog(
    IExchange exchange, FeedSet feeds, ExchangeLane lane, FeedPublisher feed, CollectorOptions options, FeedMetrics metrics, TimeProvider time,
    ILogger<StallWatchdog> logger)
{
    private const int QuestionsPerLook = 4; // a tenth of the smallest weight budget
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>A trade that history knows may still be on its way to us.</summary>
    private static readonly TimeSpan UnderWay = TimeSpan.FromSeconds(2);

    private readonly TimeSpan _shortest = TimeSpan.FromMilliseconds(options.StallAfterMs);
    private readonly TimeSpan _silenceLimit = TimeSpan.FromMilliseconds(options.SilenceLimitMs);
    private readonly TimeSpan _longSilence = 4 * TimeSpan.FromMilliseconds(options.SilenceLimitMs);
    private readonly Dictionary<FollowedInstrument, Suspicion> _suspicions = [];
    private IReadOnlyList<FeedSocket> _sockets = [];

    public async Task RunAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stop))
        {
            var suspects = Suspects();
            await Task.WhenAll(suspects.Select(s => QuestionAsync(s.Socket, s.Instrument, stop)));
        }
    }

    private List<(FeedSocket Socket, FollowedInstrument Instrument)> Suspects()
    {
        var now = time.GetTimestamp();
        var sockets = feeds.Sockets;
        if (!ReferenceEquals(_sockets, sockets)) _suspicions.Clear(); // what we follow has changed
        _sockets = sockets;
        var suspects = new List<(FeedSocket, FollowedInstrument)>();
        foreach (var socket in sockets)
        {
            if (socket.Connection?.SubscribedAt is not { } subscribedAt) continue; // a lost socket is another's business
            foreach (var instrument in socket.Instruments)
            {
                if (!instrument.Gate.IsWarm) continue;
                if (!_suspicions.TryGetValue(instrument, out var suspicion)) _suspicions[instrument] = suspicion = new Suspicion(_shortest);
                if (suspicion.IsDue(instrument.Pulse, subscribedAt, now, time)) suspects.Add((socket, instrument));
                if (suspects.Count == QuestionsPerLook) return suspects;
            }
        }

        return suspects;
    }

    private async Task QuestionAsync(FeedSocket socket, FollowedInstrument instrument, CancellationToken stop)
    {
        var suspicion = _suspicions[instrument];
        try
        {
            var heardAt = instrument.Pulse.HeardAt;
            var told = await lane.AskAsync(() => instrument.Gate.Told, stop);
            var minute = Timeframe.OneMinute.OpenOf(lane.Clock.Now);
            var rows = await AskAsync(instrument, Math.Min(told.OpenTime, minute), minute, stop);
            if (!HasUntoldTrades(rows, told))
            {
                suspicion.Cleared(time.GetTimestamp());
                return;
            }

            await Task.Delay(UnderWay, time, stop);
            if (instrument.Pulse.HeardAt != heardAt) return;
            suspicion.Confirmed(time.GetTimestamp());
            await ActAsync(socket, instrument, suspicion.Stalls, stop);
        }
        catch (Exception e) when (RestFailure.Is(e, stop))
        {
            CollectorLog.LookUpFailed(logger, instrument.Id, e.Message);
            // Either way a few must not keep the others from being asked for.
            if (RestFailure.IsRefusal(e))
            {
                suspicion.Cleared(time.GetTimestamp());
                return;
            }

            suspicion.Unanswered(time.GetTimestamp());
            await SuspectAsync(stop);
        }
    }

    /// <summary>Who is kept waiting for long, as by a ban, has no answer either.</summary>
    private async Task<IReadOnlyList<Candle>> AskAsync(FollowedInstrument instrument, long from, long through, CancellationToken stop)
    {
        using var patience = new CancellationTokenSource(_longSilence, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, stop);
        return await exchange.CandlesAsync(instrument.Id.Symbol, Timeframe.OneMinute, from, through, either.Token);
    }

    /// <summary>Any socket, not only the one that was asked for: a new one costs little, and less than one that is dead.</summary>
    private async Task SuspectAsync(CancellationToken stop)
    {
        foreach (var socket in feeds.Sockets)
            if (socket.Connection is { } connection && IsSilentFor(socket, connection, _longSilence)) await ReplaceAsync(connection, socket.Instruments, socket.Instruments[0], stop);
    }

    private async Task ActAsync(FeedSocket socket, FollowedInstrument instrument, int stalls, CancellationToken stop)
    {
        if (socket.Connection is not { } connection) return;
        var isSilent = IsSilentFor(socket, connection, _silenceLimit);
        if (isSilent || stalls % 3 == 0)
        {
            // What a silent socket did not tell of the others is not proven either.
            await ReplaceAsync(connection, isSilent ? socket.Instruments : [instrument], instrument, stop);
            return;
        }

        await lane.InterruptAsync([instrument], stop);
        await connection.ResubscribeAsync(instrument.Id.Symbol);
        await SayAsync(instrument, "subscribed again", stop);
    }

    private async Task ReplaceAsync(FeedConnection connection, IReadOnlyList<FollowedInstrument> interrupted, FollowedInstrument stalled, CancellationToken stop)
    {
        if (!connection.TryClaim()) return; // another question came to that before
        await lane.InterruptAsync(interrupted, stop);
        connection.GiveUp();
        await SayAsync(stalled, "socket replaced", stop);
    }

    private async Task SayAsync(FollowedInstrument instrument, string action, CancellationToken stop)
    {
        metrics.Stalled(exchange.Name);
        CollectorLog.Stalled(logger, instrument.Id, action);
        var said = new StallEvent(exchange.Name, instrument.Id.Symbol, action, time.GetUtcNow().ToUnixTimeMilliseconds());
        await feed.SayAsync(exchange.Name, FeedKinds.Stall, said, ContractsJson.Default.StallEvent, stop);
    }

    /// <summary>Since it was subscribed: while nobody could hear it, it was not silent.</summary>
    private bool IsSilentFor(FeedSocket socket, FeedConnection connection, TimeSpan limit)
    {
        var now = time.GetTimestamp();
        return connection.SubscribedAt is { } since && socket.Instruments.All(i => time.GetElapsedTime(Math.Max(i.Pulse.HeardAt, since), now) >= limit);
    }

    internal static bool HasUntoldTrades(IReadOnlyList<Candle> rows, in Candle told)
    {
        foreach (var row in rows)
            if (row.OpenTime > told.OpenTime ? row.Volume > 0 : row.OpenTime == told.OpenTime && row.Volume > told.Volume) return true;
        return false;
    }
}
