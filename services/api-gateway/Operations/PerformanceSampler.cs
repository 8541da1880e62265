namespace CryptoScreener.ApiGateway.Operations;

/// <summary>Takes a sample every five seconds, as often as workers speak, and tells those who watch.</summary>
internal sealed class PerformanceSampler(ServiceBook services, PerformanceHistory history, TimeProvider time) : BackgroundService
{
    /// <summary>Raised on the sampler's task: who hears it only wakes somebody.</summary>
    public event Action? Sampled;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(PerformanceHistory.Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            history.Add(PerformanceSample.Of(services.Alive, time.GetUtcNow().UtcDateTime));
            Sampled?.Invoke();
        }
    }
}
