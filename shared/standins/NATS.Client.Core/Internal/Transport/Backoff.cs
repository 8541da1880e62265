namespace NATS.Client.Core.Internal.Transport;

/// <summary>Waits longer after every failure, up to a bound, and a little differently each time so that clients do not march in step.</summary>
internal sealed class Backoff(NatsOpts opts)
{
    private TimeSpan _wait = opts.ReconnectWaitMin;
    private int _retries;

    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        if (opts.MaxReconnectRetry > 0 && ++_retries > opts.MaxReconnectRetry)
            throw new NatsConnectionFailedException("Maximum connection retry attempts exceeded");
        var wait = _wait + (opts.ReconnectJitter * Random.Shared.NextDouble());
        _wait = TimeSpan.FromTicks(Math.Clamp(_wait.Ticks * 2, opts.ReconnectWaitMin.Ticks, Math.Max(opts.ReconnectWaitMax.Ticks, opts.ReconnectWaitMin.Ticks)));
        await Task.Delay(wait, TimeProvider.System, cancellationToken).ConfigureAwait(false);
    }
}
