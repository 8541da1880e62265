using System.Collections.Concurrent;
using CryptoScreener.Storage.Access;
using CryptoScreener.Storage.Connections;

namespace CryptoScreener.ApiGateway.Auth;

/// <summary>When keys were used last: remembered here, written every now and then, so that reading writes nothing.</summary>
internal sealed class KeyUse(ApiKeyStore keys, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);
    private readonly ConcurrentDictionary<string, long> _used = new(StringComparer.Ordinal);

    public void Note(string keyId) => _used[keyId] = time.GetUtcNow().ToUnixTimeMilliseconds();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            using var timer = new PeriodicTimer(Interval, time);
            while (await timer.WaitForNextTickAsync(stoppingToken)) await WriteAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await WriteAsync(CancellationToken.None);
        }
    }

    private async Task WriteAsync(CancellationToken stop)
    {
        var now = _used.ToArray();
        if (now.Length == 0) return;
        try
        {
            await keys.TouchAsync(now.ToDictionary(StringComparer.Ordinal), stop);
            foreach (var use in now) _used.TryRemove(use); // unless it was used again meanwhile
        }
        catch (Exception e) when (DatabaseErrors.IsUnavailable(e))
        {
            // the next round writes it
        }
    }
}
