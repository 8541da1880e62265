using CryptoScreener.Contracts.Candles;

namespace CryptoScreener.DataCollector.Exchanges.Limits;

/// <summary>Keeps the REST weight within its share per clock minute; who would exceed it waits for the next one.</summary>
internal sealed class WeightBudget(int perMinute, TimeProvider time)
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private long _minute;
    private int _spent;
    private long _pausedUntil;

    public async Task SpendAsync(int weight, CancellationToken stop)
    {
        await _turn.WaitAsync(stop);
        try
        {
            while (WaitFor(weight) is { } wait) await Task.Delay(wait, time, stop);
            _spent += weight;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>The exchange asked us to keep away for a while.</summary>
    public void Pause(TimeSpan pause) =>
        Interlocked.Exchange(ref _pausedUntil, Now + (long)Math.Min(pause.TotalMilliseconds, TimeSpan.FromDays(3).TotalMilliseconds));

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    private TimeSpan? WaitFor(int weight)
    {
        var now = Now;
        var paused = Interlocked.Read(ref _pausedUntil) - now;
        if (paused > 0) return TimeSpan.FromMilliseconds(paused);
        var minute = now / Timeframe.MinuteMs;
        if (minute != _minute) (_minute, _spent) = (minute, 0);
        if (_spent == 0 || _spent + weight <= perMinute) return null;
        return TimeSpan.FromMilliseconds(((minute + 1) * Timeframe.MinuteMs) - now + 1);
    }
}
