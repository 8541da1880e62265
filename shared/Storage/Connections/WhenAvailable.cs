using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;

namespace CryptoScreener.Storage.Connections;

/// <summary>Repeats work that may be repeated until the database is there: jittered back-off, capped, never giving up.</summary>
public sealed partial class WhenAvailable(TimeProvider time, ILogger<WhenAvailable> logger)
{
    private const double Jitter = 0.2;
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    public async Task<T> RunAsync<T>(string what, Func<CancellationToken, Task<T>> work, CancellationToken stop)
    {
        for (var failures = 0; ; failures++)
        {
            try
            {
                var result = await work(stop);
                if (failures > 0) LogAvailableAgain(what, failures);
                return result;
            }
            catch (Exception e) when (DatabaseErrors.IsUnavailable(e) && !stop.IsCancellationRequested)
            {
                if (failures == 0) LogWaiting(what, e);
                await Task.Delay(PauseAfter(failures), time, stop);
            }
        }
    }

    public Task RunAsync(string what, Func<CancellationToken, Task> work, CancellationToken stop) => RunAsync(what, async token =>
    {
        await work(token);
        return 0;
    }, stop);

    [SuppressMessage("Security", "CA5394", Justification = "Spreads retries; nothing depends on its being unpredictable.")]
    private static TimeSpan PauseAfter(int failures)
    {
        var pause = Math.Min(First.TotalSeconds * Math.Pow(2, Math.Min(failures, 10)), Longest.TotalSeconds);
        return TimeSpan.FromSeconds(pause * (1 - Jitter + (2 * Jitter * Random.Shared.NextDouble())));
    }

    [LoggerMessage(6001, LogLevel.Warning, "PostgreSQL is not available; {What} waits for it")]
    private partial void LogWaiting(string what, Exception error);

    [LoggerMessage(6002, LogLevel.Information, "PostgreSQL is available again; {What} goes on after {Failures} failed attempts")]
    private partial void LogAvailableAgain(string what, int failures);
}
