using CryptoScreener.Contracts.Candles;
using CryptoScreener.DataCollector.Backfill;
using CryptoScreener.DataCollector.Candles;
using CryptoScreener.DataCollector.Exchanges;

namespace CryptoScreener.DataCollector.Feeds;

/// <summary>
/// Forming candles while no socket of an exchange is open: looked up in turn, within the half of the weight budget that history
/// has. Only shown: what is closed is looked up at the minute's end, as ever.
/// </summary>
internal sealed class FormingLookUp(
    IExchange exchange, ExchangeLane lane, FeedConnections connections, TimeProvider time, ILogger<FormingLookUp> logger)
{
    private const int Parallel = 4;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>Sockets that were cut are mostly back by then.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private volatile IReadOnlyList<FollowedInstrument> _followed = [];
    private volatile bool _fails;

    public IReadOnlyList<FollowedInstrument> Followed
    {
        set => _followed = value;
    }

    private bool AreAllLost => connections is { Expected: > 0, Open: 0 };

    public async Task RunAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Interval, time);
        long? lostSince = null;
        while (await timer.WaitForNextTickAsync(stop))
        {
            lostSince = AreAllLost ? lostSince ?? time.GetTimestamp() : null;
            if (lostSince is { } since && time.GetElapsedTime(since) >= Patience) await RoundAsync(stop);
        }
    }

    private async Task RoundAsync(CancellationToken stop)
    {
        _fails = false;
        await System.Threading.Tasks.Parallel.ForEachAsync(
            _followed.Where(instrument => instrument.Gate.IsWarm),
            new ParallelOptions { MaxDegreeOfParallelism = Parallel, CancellationToken = stop },
            async (instrument, token) =>
            {
                if (AreAllLost && !_fails && !instrument.HasLeft) await ShowAsync(instrument, token);
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
            _fails = !RestFailure.IsRefusal(e); // for all: the next round tries again
            CollectorLog.LookUpFailed(logger, instrument.Id, e.Message);
        }
    }
}
