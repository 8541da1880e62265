using CryptoScreener.Storage.Delivery;
using Endpoint = CryptoScreener.Storage.Delivery.Endpoint;

namespace CryptoScreener.AlertEngine.Delivery.Sending;

/// <summary>
/// One endpoint's share: its running attempts, its rate and its breaker. A slow or dead one fills its own line only. Guarded by its
/// own lock, because attempts end on any thread.
/// </summary>
internal sealed class EndpointLine(Endpoint endpoint, EndpointChoices settings, IChannel channel, int concurrency, TimeProvider time)
{
    private static readonly TimeSpan TimeToSwitchOff = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly CircuitBreaker _breaker = new();
    private readonly TokenBucket _rate = new(channel.Rate.SlowedTo(settings.RatePerSecond), time.GetUtcNow());
    private readonly double _pace = channel.Rate.SlowedTo(settings.RatePerSecond).PerSecond;
    private readonly RefusedDigests _refused = new();
    private DateTimeOffset _askedToWaitUntil;
    private int _running;
    private long _goneSince;

    public Endpoint Endpoint => endpoint;

    public EndpointChoices Settings => settings;

    public IChannel Channel => channel;

    /// <summary>Since when nothing has reached it (unix ms), as last read.</summary>
    public long? FailingSince { get; set; } = endpoint.FailingSince;

    /// <summary>The endpoint said that it is gone: what was claimed for it meanwhile is not sent.</summary>
    public bool IsGone => Volatile.Read(ref _goneSince) > 0;

    /// <summary>
    /// Whether this line still stands for its endpoint. One that is gone does until it is read as switched off, which takes its
    /// line away; if that never comes, somebody switched it on again in between.
    /// </summary>
    public bool IsInForce => !IsGone || time.GetUtcNow() - DateTimeOffset.FromUnixTimeMilliseconds(Volatile.Read(ref _goneSince)) < TimeToSwitchOff;

    public bool IsOpen
    {
        get
        {
            lock (_lock) return _breaker.IsOpen;
        }
    }

    /// <summary>How many deliveries may be claimed for it now. One message of a digest carries several.</summary>
    /// <param name="free">How many attempts more the worker can make, of all that it may.</param>
    public EndpointRoom Room(int free, int all)
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            if (IsGone || now < _askedToWaitUntil) return new(endpoint.Id, 0);
            var mine = Math.Max(0, FairShare.Of(concurrency, free, all) - _running);
            // While refused digests go out in pieces, each delivery may need a message of its own.
            var carries = _refused.Any(now) ? 1 : channel.DigestSize;
            return new(endpoint.Id, _breaker.Allowed(now, Math.Min(mine, _rate.Available(now))) * carries, _running);
        }
    }

    /// <summary>Splits what was claimed into messages: one each while the rate allows, digests of bursts, and digests of all otherwise.</summary>
    public IReadOnlyList<OutgoingMessage> Messages(IReadOnlyList<ClaimedDelivery> claimed)
    {
        lock (_lock)
        {
            var messages = Math.Max(1, Math.Min(concurrency - _running, _rate.Available(time.GetUtcNow())));
            var chunks = _refused.Split(claimed, _breaker.IsOpen ? 1 : messages, channel.DigestSize);
            _running += chunks.Count;
            _rate.Take(chunks.Count);
            return [.. chunks.Select(chunk => new OutgoingMessage(chunk, _breaker.Started()))];
        }
    }

    /// <summary>A digest was refused: one of its alerts may be why, and the others shall not die with it.</summary>
    /// <returns>For each of them the pause after which it goes out in a smaller message; null when it was sent alone, or too much is refused.</returns>
    public IReadOnlyList<TimeSpan>? Halve(IReadOnlyList<ClaimedDelivery> digest)
    {
        if (digest.Count == 1) return null;
        lock (_lock) return _refused.Halve(digest, TimeSpan.FromSeconds(1 / _pace), time.GetUtcNow());
    }

    /// <summary>It was in a message that was refused, and goes out in a smaller one.</summary>
    public bool WasRefused(ClaimedDelivery delivery)
    {
        lock (_lock) return _refused.Knows(delivery.Id);
    }

    /// <returns>True when this opened or closed its breaker.</returns>
    public bool Ended(in Attempt attempt, in OutgoingMessage message)
    {
        lock (_lock)
        {
            _running--;
            var now = time.GetUtcNow();
            if (attempt.Outcome == AttemptOutcome.EndpointGone)
            {
                // It is switched off for that; a circuit that is open would say that it is tried again.
                if (!IsGone) Volatile.Write(ref _goneSince, now.ToUnixTimeMilliseconds());
                _breaker.Cancelled(message.IsProbe);
                return false;
            }

            if (attempt is { Outcome: AttemptOutcome.Failed, RetryAfter: { } wait } && now + wait > _askedToWaitUntil) _askedToWaitUntil = now + wait;
            // A refused message says that the endpoint works.
            return _breaker.Ended(attempt.Outcome is AttemptOutcome.Delivered or AttemptOutcome.Rejected, message.IsProbe, now);
        }
    }

    /// <summary>A delivery has ended, whichever way.</summary>
    public void Ended(ClaimedDelivery delivery)
    {
        lock (_lock) _refused.Forget(delivery.Id);
    }

    /// <summary>A message that was not sent after all.</summary>
    public void Cancelled(in OutgoingMessage message)
    {
        lock (_lock)
        {
            _running--;
            _breaker.Cancelled(message.IsProbe);
        }
    }
}
