using CryptoScreener.Storage.Connections;
using CryptoScreener.Storage.Delivery;

namespace CryptoScreener.AlertEngine.Delivery;

/// <summary>
/// Keeps everything sealed under the first key. Again and again, not only at the start: while the keys are changed, a gateway that was not
/// restarted yet goes on sealing under the former one.
/// </summary>
internal sealed class SecretSealer(EndpointStore endpoints, WhenAvailable whenAvailable, TimeProvider time, ILogger<SecretSealer> logger)
{
    internal static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    public async Task RunAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            var count = await whenAvailable.RunAsync("sealing endpoints with the current key", endpoints.SealAllAsync, stop);
            if (count > 0) DeliveryLog.SealedAnew(logger, count);
        }
        while (await timer.WaitForNextTickAsync(stop));
    }
}
