using System.Collections.Concurrent;
using CryptoScreener.Storage.Access;
using CryptoScreener.Storage.Connections;

namespace CryptoScreener.ApiGateway.Auth;

/// <summary>When accounts and their keys were used last: remembered here, written every now and then, so that reading writes nothing.</summary>
internal sealed class AccountUse(ApiKeyStore keys, ActivityStore activity, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);
    private readonly ConcurrentDictionary<string, long> _keys = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, long> _subjects = new(StringComparer.Ordinal);

    public void Note(Account account)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        _subjects[account.Subject] = now;
        if (account.KeyId is { } key) _keys[key] = now;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            using var timer = new PeriodicTimer(Interval, time);
            while (await timer.WaitForNextTickAsync(stoppingToken)) await WriteAllAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await WriteAllAsync(CancellationToken.None);
        }
    }

    private async Task WriteAllAsync(CancellationToken stop)
    {
        await WriteAsync(_keys, keys.TouchAsync, stop);
        await WriteAsync(_subjects, activity.NoteAsync, stop);
    }

    private static async Task WriteAsync(ConcurrentDictionary<string, long> uses, Func<IReadOnlyDictionary<string, long>, CancellationToken, Task> writeAsync, CancellationToken stop)
    {
        var now = uses.ToArray();
        if (now.Length == 0) return;
        try
        {
            await writeAsync(now.ToDictionary(StringComparer.Ordinal), stop);
            foreach (var use in now) uses.TryRemove(use); // unless it was used again meanwhile
        }
        catch (Exception e) when (DatabaseErrors.IsUnavailable(e))
        {
            // the next round writes it
        }
    }
}
