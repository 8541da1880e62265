using CryptoScreener.Contracts.Bus;
using CryptoScreener.Messaging.Publishing;
using CryptoScreener.Messaging.Reading;

namespace CryptoScreener.ApiGateway.Auth;

/// <summary>Tells all gateways that keys were revoked, and hears it from the others.</summary>
internal sealed class Revocations(AccountCache cache, CorePublisher publisher, CoreListener listener) : BackgroundService
{
    public async ValueTask TellAsync(CancellationToken stop)
    {
        cache.Forget();
        await publisher.PublishAsync(Subjects.KeysChanged, default, stop);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await listener.ListenAsync(Subjects.KeysChanged, _ => cache.Forget(), stoppingToken);
    }
}
