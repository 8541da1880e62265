using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Options;

namespace CryptoScreener.ApiGateway.Realtime.Sockets;

/// <summary>All open sockets: looks after those that are stuck or expired, and tells all when the gateway stops.</summary>
internal sealed class SocketBook(IOptions<RealtimeOptions> options, IHostApplicationLifetime life, TimeProvider time) : BackgroundService
{
    private const int WelcomeEvery = 15; // intervals
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private readonly ConcurrentDictionary<SocketConnection, bool> _open = new();

    public void Add(SocketConnection socket)
    {
        _open[socket] = true;
        if (life.ApplicationStopping.IsCancellationRequested) Stop(socket);
    }

    public void Remove(SocketConnection socket) => _open.TryRemove(socket, out _);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var stopping = life.ApplicationStopping.Register(() =>
        {
            foreach (var socket in _open.Keys) Stop(socket);
        });
        using var timer = new PeriodicTimer(Interval, time);
        for (var interval = 1; await timer.WaitForNextTickAsync(stoppingToken); interval++)
        {
            foreach (var (socket, _) in _open)
            {
                socket.CheckProgress();
                if (interval % WelcomeEvery == 0 || socket.HasExpired) await socket.CheckWelcomeAsync(stoppingToken);
            }
        }
    }

    [SuppressMessage("Security", "CA5394", Justification = "Spreads reconnects; nothing depends on its being unpredictable.")]
    private void Stop(SocketConnection socket) => socket.Stop(options.Value.ReconnectSpread * Random.Shared.NextDouble());
}
