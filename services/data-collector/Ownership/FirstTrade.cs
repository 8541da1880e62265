using CryptoScreener.Contracts.Candles;
using CryptoScreener.DataCollector.Backfill;
using CryptoScreener.DataCollector.Candles;
using CryptoScreener.DataCollector.Exchanges;

namespace CryptoScreener.DataCollector.Ownership;

/// <summary>
/// Waits until something that is listed trades. Its stream says so; what a stream may leave out is looked up more and more
/// rarely, a few minutes at a time and within what is spare: many are listed days before they trade. History may tell a
/// trade later than the stream does, or fail: what was heard to trade is looked up often.
/// </summary>
internal sealed class FirstTrade(IExchange exchange, ExchangeLane lane, FollowedInstrument newcomer, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LongestPauseOfTraded = TimeSpan.FromSeconds(30);

    /// <summary>Twice the longest pause: a look that fails loses nothing.</summary>
    private const long LookBackMs = 10 * Timeframe.MinuteMs;

    private TimeSpan _pause = Look;
    private bool _isHeard;

    /// <summary>Returns when it seems to trade, or has left.</summary>
    public async Task WaitAsync(CancellationToken stop)
    {
        while (true)
        {
            await PauseAsync(stop);
            if (newcomer.HasLeft || await HasTradedAsync(stop)) return;
        }
    }

    private async Task PauseAsync(CancellationToken stop)
    {
        var began = time.GetTimestamp();
        do await Task.Delay(Look, time, stop);
        while (!newcomer.HasLeft && !IsHeardFirst() && time.GetElapsedTime(began) < _pause);
        var longest = _isHeard ? LongestPauseOfTraded : LongestPause;
        _pause = _pause * 2 < longest ? _pause * 2 : longest;
    }

    private bool IsHeardFirst()
    {
        if (_isHeard || !newcomer.Pulse.HasTraded) return false;
        _pause = Look;
        return _isHeard = true;
    }

    private async Task<bool> HasTradedAsync(CancellationToken stop)
    {
        try
        {
            var now = lane.Clock.Now;
            var rows = await exchange.HistoryAsync(newcomer.Id.Symbol, Timeframe.OneMinute, Timeframe.OneMinute.OpenOf(now) - LookBackMs, now, stop);
            return rows.Count > 0;
        }
        catch (Exception e) when (RestFailure.Is(e, stop))
        {
            CollectorLog.BackfillFailed(logger, newcomer.Id.ToString(), e.Message);
            return false;
        }
    }
}
