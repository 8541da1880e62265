using Xunit;

namespace CryptoScreener.Testing;

/// <summary>Waits for what must become true, however slow the machine; fails only when it plainly never will.</summary>
public static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(100);

    public static Task TrueAsync(Func<Task<bool>> condition, string what) => TrueAsync(condition, () => what);

    /// <param name="what">Asked at the end: it can say what is still missing.</param>
    public static async Task TrueAsync(Func<Task<bool>> condition, Func<string> what)
    {
        using var deadline = new CancellationTokenSource(Patience);
        var started = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            Assert.False(deadline.IsCancellationRequested, $"Still not so after {Patience.TotalSeconds} s: {what()}");
            await PauseAsync(started);
        }
    }

    public static Task TrueAsync(Func<bool> condition, string what) => TrueAsync(() => Task.FromResult(condition()), what);

    /// <summary>Moves the clock by a step before each look.</summary>
    public static Task TrueAsync(ManualTime time, TimeSpan step, Func<Task<bool>> condition, string what) => TrueAsync(
        () =>
        {
            time.Advance(step);
            return condition();
        },
        what);

    public static Task TrueAsync(ManualTime time, TimeSpan step, Func<bool> condition, string what) =>
        TrueAsync(time, step, () => Task.FromResult(condition()), what);

    /// <summary>Waits until nothing is left of what is missing; the failure names it.</summary>
    public static async Task NoneAsync(Func<IEnumerable<string>> missing, string what)
    {
        using var deadline = new CancellationTokenSource(Patience);
        var started = TimeProvider.System.GetTimestamp();
        while (missing().ToList() is { Count: > 0 } left)
        {
            Assert.False(deadline.IsCancellationRequested, $"After {Patience.TotalSeconds} s {what}:{Environment.NewLine}{string.Join(Environment.NewLine, left)}");
            await PauseAsync(started);
        }
    }

    // The longer it takes the seldomer it looks: fifty questions a second take from a screener the time that it needs for the answer.
    private static Task PauseAsync(long started)
    {
        var pause = TimeProvider.System.GetElapsedTime(started) / 10;
        if (pause < ShortestPause) pause = ShortestPause;
        return Task.Delay(pause < LongestPause ? pause : LongestPause, TimeProvider.System, CancellationToken.None);
    }
}
