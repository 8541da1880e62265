namespace NATS.Client.Core.Internal.Transport;

/// <summary>
/// Waits longer after every failure, up to a bound, and a little differently each time so that clients do not march in step.
/// A connection counts as a success only once it has lasted: a server that greets and closes must not be called in a circle.
/// </summary>
internal sealed class Backoff(NatsOpts opts, TimeProvider time)
{
    private readonly TimeSpan _longest = opts.ReconnectWaitMax > opts.ReconnectWaitMin ? opts.ReconnectWaitMax : opts.ReconnectWaitMin;
    private TimeSpan _wait = opts.ReconnectWaitMin;
    private int _retries;
    private long _opened;

    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        if (opts.MaxReconnectRetry > 0 && ++_retries > opts.MaxReconnectRetry)
            throw new NatsConnectionFailedException("Maximum connection retry attempts exceeded");
        var wait = _wait + (opts.ReconnectJitter * Random.Shared.NextDouble());
        _wait = _wait * 2 < _longest ? _wait * 2 : _longest;
        await Task.Delay(wait, time, cancellationToken).ConfigureAwait(false);
    }

    public void Opened() => _opened = time.GetTimestamp();

    /// <summary>After a connection that lasted the next attempt may follow at once, and failures are counted anew.</summary>
    public Task LostAsync(CancellationToken cancellationToken)
    {
        if (time.GetElapsedTime(_opened) < _longest)
            return WaitAsync(cancellationToken);
        (_wait, _retries) = (opts.ReconnectWaitMin, 0);
        return Task.CompletedTask;
    }
}
