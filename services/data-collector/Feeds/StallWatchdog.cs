using System.Collections.Concurrent;
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
    private readonly ConcurrentDictionary<FeedSocket, long> _openSince = new(); // several questions may end in a replacement at once

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
        foreach (var gone in _openSince.Keys.Except(sockets).ToList())
        {
            _openSince.TryRemove(gone, out _);
            foreach (var instrument in gone.Instruments) _suspicions.Remove(instrument);
        }

        var suspects = new List<(FeedSocket, FollowedInstrument)>();
        foreach (var socket in sockets)
        {
            if (!socket.IsOpen)
            {
                _openSince[socket] = 0; // a lost socket is another's business
                continue;
            }

            if (_openSince.GetValueOrDefault(socket) == 0) _openSince[socket] = now;
            foreach (var instrument in socket.Instruments)
            {
                if (!instrument.Gate.IsWarm) continue;
                if (!_suspicions.TryGetValue(instrument, out var suspicion)) _suspicions[instrument] = suspicion = new Suspicion(_shortest);
                if (suspicion.IsDue(instrument.Pulse, _openSince[socket], now, time)) suspects.Add((socket, instrument));
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
            await ActAsync(socket, instrument, IsSilentFor(socket, _silenceLimit), suspicion.Stalls, stop);
        }
        catch (Exception e) when (RestFailure.Is(e, stop))
        {
            CollectorLog.LookUpFailed(logger, instrument.Id, e.Message);
            if (RestFailure.IsRefusal(e)) suspicion.Cleared(time.GetTimestamp()); // a few that are refused must not keep the others from being asked for
            else await SuspectAsync(stop);
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
        foreach (var socket in feeds.Sockets.Where(socket => socket.IsOpen && IsSilentFor(socket, _longSilence)))
        {
            _openSince[socket] = time.GetTimestamp(); // others are asked for in vain at the same time: one is enough
            await ActAsync(socket, socket.Instruments[0], isSilent: true, stalls: 0, stop);
        }
    }

    private async Task ActAsync(FeedSocket socket, FollowedInstrument instrument, bool isSilent, int stalls, CancellationToken stop)
    {
        metrics.Stalled(exchange.Name);
        // What a silent socket did not tell of the others is not proven either.
        await lane.InterruptAsync(isSilent ? socket.Instruments : [instrument], stop);
        var isReplaced = isSilent || stalls % 3 == 0;
        var action = isReplaced ? "socket replaced" : "subscribed again";
        CollectorLog.Stalled(logger, instrument.Id, action);
        if (isReplaced) Replace(socket);
        else await socket.ResubscribeAsync(instrument.Id.Symbol);
        var said = new StallEvent(exchange.Name, instrument.Id.Symbol, action, time.GetUtcNow().ToUnixTimeMilliseconds());
        await feed.SayAsync(exchange.Name, FeedKinds.Stall, said, ContractsJson.Default.StallEvent, stop);
    }

    private bool IsSilentFor(FeedSocket socket, TimeSpan limit)
    {
        var now = time.GetTimestamp();
        return _openSince.TryGetValue(socket, out var openedAt) && openedAt != 0
            && socket.Instruments.All(i => time.GetElapsedTime(Math.Max(i.Pulse.HeardAt, openedAt), now) >= limit);
    }

    private void Replace(FeedSocket socket)
    {
        _openSince[socket] = time.GetTimestamp(); // what takes its place has not been silent yet
        socket.Replace();
    }

    internal static bool HasUntoldTrades(IReadOnlyList<Candle> rows, in Candle told)
    {
        foreach (var row in rows)
            if (row.OpenTime > told.OpenTime ? row.Volume > 0 : row.OpenTime == told.OpenTime && row.Volume > told.Volume) return true;
        return false;
    }
}
