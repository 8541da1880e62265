using CryptoScreener.Contracts.Candles;
using CryptoScreener.DataCollector.Backfill;
using CryptoScreener.DataCollector.Candles;
using CryptoScreener.DataCollector.Exchanges;

namespace CryptoScreener.DataCollector.Feeds;

/// <summary>
/// Forming candles of what is on sockets that are lost or tell nothing: looked up in turn, within the half of the weight budget
/// that history has. Only shown: what is closed is looked up at the minute's end, as ever.
/// </summary>
internal sealed class FormingLookUp(IExchange exchange, ExchangeLane lane, FeedSet feeds, TimeProvider time, ILogger<FormingLookUp> logger)
{
    private const int Parallel = 4;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>Sockets that were cut are mostly back by then.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private Dictionary<FeedSocket, long> _lostSince = [];
    private volatile bool _fails;

    public async Task RunAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stop)) await RoundAsync(Lost(), stop);
    }

    private List<FeedSocket> Lost()
    {
        var now = time.GetTimestamp();
        _lostSince = feeds.Sockets.Where(socket => !socket.IsDelivering).ToDictionary(socket => socket, socket => _lostSince.GetValueOrDefault(socket, now));
        return [.. _lostSince.Where(lost => time.GetElapsedTime(lost.Value, now) >= Patience).Select(lost => lost.Key)];
    }

    private async Task RoundAsync(List<FeedSocket> sockets, CancellationToken stop)
    {
        _fails = false;
        await System.Threading.Tasks.Parallel.ForEachAsync(
            sockets.SelectMany(socket => socket.Instruments.Where(instrument => instrument.Gate.IsWarm), (socket, instrument) => (socket, instrument)),
            new ParallelOptions { MaxDegreeOfParallelism = Parallel, CancellationToken = stop },
            async (lost, token) =>
            {
                if (!lost.socket.IsDelivering && !_fails && !lost.instrument.HasLeft) await ShowAsync(lost.instrument, token);
            });
    }

    private async Task ShowAsync(FollowedInstrument instrument, CancellationToken stop)
    {
        try
        {
            var minute = Timeframe.OneMinute.OpenOf(lane.Clock.Now);
            var rows = await exchange.HistoryAsync(instrument.Id.Symbol, Timeframe.OneMinute, minute, minute + Timeframe.MinuteMs, stop);
            if (rows is [.., var forming]) await lane.ShowAsync(instrument, forming, stop);
        }
        catch (Exception e) when (RestFailure.Is(e, stop))
        {
            if (!RestFailure.IsRefusal(e)) _fails = true; // for all: the next round tries again
            CollectorLog.LookUpFailed(logger, instrument.Id, e.Message);
        }
    }
}
