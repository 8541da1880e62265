namespace CryptoScreener.ApiGateway.Endpoints;

/// <summary>
/// An answer that costs the database the more the more there is to count. Whoever asks within twenty times of what it took gets the same one, and
/// all who ask meanwhile wait for one question: however many look, counting has a twentieth of one connection's time.
/// </summary>
internal sealed class SparedAnswer<T>(Func<CancellationToken, Task<T>> ask, TimeProvider time)
{
    private const int Share = 20;
    private readonly Lock _lock = new();
    private Answer? _last;
    private Task<T>? _asking;

    public async Task<T> GetAsync(CancellationToken stop)
    {
        Task<T> asking;
        lock (_lock)
        {
            if (_last is { } last && time.GetElapsedTime(last.At) < last.Took * Share) return last.Value;
            asking = _asking ??= AskAsync();
        }

        return await asking.WaitAsync(stop);
    }

    // Whoever gives up waiting takes the answer from nobody else.
    private async Task<T> AskAsync()
    {
        await Task.Yield(); // the lock is given back first
        try
        {
            var began = time.GetTimestamp();
            var value = await ask(CancellationToken.None);
            lock (_lock) _last = new Answer(value, time.GetTimestamp(), time.GetElapsedTime(began));
            return value;
        }
        finally
        {
            lock (_lock) _asking = null;
        }
    }

    private sealed record Answer(T Value, long At, TimeSpan Took);
}
