using CryptoScreener.DataCollector.Backfill;
using CryptoScreener.DataCollector.Feeds;

namespace CryptoScreener.DataCollector.Exchanges;

/// <summary>Which of an exchange's instruments we follow now; read at the start and again while we run.</summary>
internal sealed class InstrumentList(IExchange exchange, CollectorOptions options, TimeProvider time, ILogger logger)
{
    private const int FewInstruments = 10; // of so few all may really end
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>Lists have come with pieces missing: what has ended has ended in the next one as well, this much later.</summary>
    internal static readonly TimeSpan Confirmation = TimeSpan.FromSeconds(3);

    /// <summary>An incomplete minute every minute must not cost an exchange's whole list each time.</summary>
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(30);

    private readonly TimeSpan _refresh = TimeSpan.FromSeconds(options.RefreshSeconds);
    private volatile ListedInstruments _now = new([], []);
    private long _readAt;
    private volatile bool _isDoubted;
    private int _unreadable;

    public ListedInstruments Now => _now;

    /// <summary>Whether that so many are gone of what we know is more likely a mistake of the list.</summary>
    public static bool IsMistake(int gone, int known) => gone > FewInstruments && gone > known / 2;

    /// <summary>Something we follow is late: perhaps it is traded no more.</summary>
    public void Doubt() => _isDoubted = true;

    /// <summary>Returns when the list is known. Tries until it is.</summary>
    public async Task StartAsync(CancellationToken stop)
    {
        var pause = new ReconnectPause();
        while (true)
        {
            try
            {
                _now = await ReadAsync(stop);
                CollectorLog.Selected(logger, exchange.Name, _now.Selected.Count);
                return;
            }
            catch (Exception e) when (RestFailure.Is(e, stop))
            {
                var wait = pause.Next();
                CollectorLog.NotReachable(logger, exchange.Name, e.Message, Math.Round(wait.TotalSeconds, 1));
                await Task.Delay(wait, time, stop);
            }
        }
    }

    /// <summary>Reads the list again from time to time and tells when it has changed.</summary>
    public async Task RunAsync(Action changed, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stop))
        {
            var pause = _isDoubted && ShortestPause < _refresh ? ShortestPause : _refresh;
            if (time.GetElapsedTime(_readAt) < pause) continue;
            _isDoubted = false;
            try
            {
                if (await RefreshAsync(stop)) changed();
            }
            catch (Exception e) when (RestFailure.Is(e, stop))
            {
                _readAt = time.GetTimestamp();
                CollectorLog.ListFailed(logger, exchange.Name, e.Message);
            }
        }
    }

    private async Task<bool> RefreshAsync(CancellationToken stop)
    {
        var (known, read) = (_now, await ReadAsync(stop));
        if (known.GoneFrom(read) > 0)
        {
            await Task.Delay(Confirmation, time, stop);
            read = read.With(await ReadAsync(stop), options);
            if (exchange.UnreadableRows > 0) read = known.With(read, options); // they may be what is missing
        }

        var gone = known.GoneFrom(read);
        if (IsMistake(gone, known.Selected.Count))
        {
            CollectorLog.ListDoubted(logger, exchange.Name, gone, known.Selected.Count);
            return false;
        }

        _now = read;
        return !known.SelectsAs(read);
    }

    private async Task<ListedInstruments> ReadAsync(CancellationToken stop)
    {
        var read = ListedInstruments.Of(await exchange.ListAsync(stop), options, _now);
        _readAt = time.GetTimestamp();
        if (exchange.UnreadableRows > _unreadable) CollectorLog.RowsUnreadable(logger, exchange.Name, exchange.UnreadableRows);
        _unreadable = exchange.UnreadableRows;
        return read;
    }
}
