using CryptoScreener.Contracts.Candles;

namespace CryptoScreener.DataCollector.Exchanges.Limits;

/// <summary>Keeps the REST weight within its share per clock minute, or another window; who would exceed it waits for the next one.</summary>
/// <param name="shared">Counts what other collectors behind the same address spend; null when there are none.</param>
/// <param name="whole">What the address may spend, whoever spends it: the exchange's own count is held against this and not against our share.</param>
internal sealed class WeightBudget(int perWindow, TimeProvider time, long windowMs = Timeframe.MinuteMs, SharedWeight? shared = null, int whole = int.MaxValue)
{
    /// <summary>Some of the whole stays: what is on its way is not in the exchange's count yet.</summary>
    private const double UsableShare = 0.95;

    /// <summary>An answer that came this soon in a window may tell of the one before, by the exchange's clock.</summary>
    private const long SettlingMs = 2_000;

    /// <summary>A limit that slides is kept in slices: any span of its length touches eleven of them at most.</summary>
    private const int SlicesOfSlidingLimit = 11;

    /// <summary>No exchange bans for longer; what says more is a defect.</summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromDays(3);

    private readonly SemaphoreSlim _turn = new(1, 1);
    private long _window;
    private int _spent;
    private long _pausedUntil;
    private volatile Report? _report;

    private sealed record Report(long Window, int Spent);

    /// <summary>For exchanges that count the requests of the last few seconds instead of those of a clock minute.</summary>
    public static WeightBudget Sliding(int requests, TimeSpan span, double share, TimeProvider time, SharedWeight? shared = null) => new(
        Math.Max(1, (int)(requests * share / SlicesOfSlidingLimit)), time, (long)span.TotalMilliseconds / (SlicesOfSlidingLimit - 1), shared);

    public async Task SpendAsync(int weight, CancellationToken stop)
    {
        await _turn.WaitAsync(stop);
        try
        {
            do
            {
                while (WaitFor(weight, perWindow) is { } wait) await Task.Delay(wait, time, stop);
                _spent += weight;
            }
            while (await IsSpentByOthersAsync(weight, perWindow));
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>For what nobody waits for: it passes only while less than half of the window is spent, so that the rest is never late for it.</summary>
    public async Task SpendSpareAsync(int weight, CancellationToken stop)
    {
        while (await TrySpendSpareAsync(weight, stop) is { } wait) await Task.Delay(wait, time, stop);
    }

    /// <summary>Null when it is spent. Unlike what is urgent it does not keep its turn while it waits.</summary>
    private async Task<TimeSpan?> TrySpendSpareAsync(int weight, CancellationToken stop)
    {
        await _turn.WaitAsync(stop);
        try
        {
            if (WaitFor(weight, Spare) is { } wait) return wait;
            _spent += weight;
            return await IsSpentByOthersAsync(weight, Spare) ? WaitFor(weight, Spare) : null;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>
    /// What the exchange itself has counted: its minute may have begun before ours, and before we did. Less than we know is no news:
    /// what is on its way is not counted yet.
    /// </summary>
    public void Reported(int spent)
    {
        var now = Now;
        if (now % windowMs < SettlingMs) return;
        var report = new Report(now / windowMs, spent);
        if (_report is { } known && known.Window == report.Window && known.Spent >= spent) return;
        _report = report; // of two at once the lower may stay, until the next answer
    }

    /// <summary>The exchange asked us to keep away for a while: all of us, because it means the address.</summary>
    public async Task PauseAsync(TimeSpan pause)
    {
        if (pause <= TimeSpan.Zero) return;
        if (pause > LongestPause) pause = LongestPause;
        var until = Now + (long)pause.TotalMilliseconds;
        if (!KeepAwayUntil(until)) return;
        if (shared is not null) await shared.PauseAsync(until, pause);
    }

    /// <summary>False when a longer pause is in force: of several answers the strictest counts, whichever comes last.</summary>
    private bool KeepAwayUntil(long time)
    {
        var known = Interlocked.Read(ref _pausedUntil);
        while (time > known)
        {
            if (Interlocked.CompareExchange(ref _pausedUntil, time, known) == known) return true;
            known = Interlocked.Read(ref _pausedUntil);
        }

        return false;
    }

    private int Spare => Math.Max(1, perWindow / 2);

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>True when the others have left nothing of this window, or were told to keep away: then it is over for us too.</summary>
    private async Task<bool> IsSpentByOthersAsync(int weight, int limit)
    {
        if (shared is null) return false;
        if (await shared.SpendAsync(weight, _window, windowMs, Now) is not var (sum, until)) return false;
        if (until > Now)
        {
            KeepAwayUntil(until);
            return true;
        }

        if (sum <= limit || sum == weight) return false;
        _spent = Math.Max(_spent, limit);
        return true;
    }

    private TimeSpan? WaitFor(int weight, int limit)
    {
        var now = Now;
        var paused = Interlocked.Read(ref _pausedUntil) - now;
        if (paused > 0) return TimeSpan.FromMilliseconds(paused);
        var window = now / windowMs;
        if (window != _window) (_window, _spent) = (window, 0);
        var isLeft = _report is not { } report || report.Window != window || report.Spent + weight <= whole * UsableShare * limit / perWindow;
        if (isLeft && (_spent == 0 || _spent + weight <= limit)) return null;
        return TimeSpan.FromMilliseconds(((window + 1) * windowMs) - now + 1);
    }
}
