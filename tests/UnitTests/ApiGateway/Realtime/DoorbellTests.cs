using CryptoScreener.ApiGateway.Realtime.Sockets;

namespace CryptoScreener.UnitTests.ApiGateway.Realtime;

public sealed class DoorbellTests
{
    private readonly Doorbell _bell = new();

    [Fact]
    public void Rings_that_nobody_waited_for_are_one()
    {
        _bell.Ring();
        _bell.Ring();
        Assert.True(_bell.WaitAsync().AsTask().IsCompletedSuccessfully);
        Assert.False(_bell.WaitAsync().AsTask().IsCompleted);
    }

    [Fact]
    public void Who_waits_goes_on_within_a_ring_that_lends_its_thread()
    {
        var rounds = 0;
        _ = CountAsync();
        for (var i = 1; i <= 3; i++)
        {
            _bell.Ring(here: true);
            Assert.Equal(i, rounds);
        }

        async Task CountAsync()
        {
            for (; ; rounds++) await _bell.WaitAsync().ConfigureAwait(false); // the runner's context has threads of its own
        }
    }

    [Fact]
    public async Task No_ring_of_many_threads_is_lost()
    {
        const int Rings = 20_000;
        var (told, heard) = (0, 0);
        var listening = Task.Run(async () =>
        {
            while (Volatile.Read(ref heard) < 4 * Rings)
            {
                await _bell.WaitAsync();
                Volatile.Write(ref heard, Volatile.Read(ref told)); // what was told before the ring is seen after it
            }
        });
        await Task.WhenAll(Enumerable.Range(0, 4).Select(caller => Task.Run(() =>
        {
            for (var i = 0; i < Rings; i++)
            {
                Interlocked.Increment(ref told);
                _bell.Ring(here: caller == 0);
            }
        })));
        await listening.WaitAsync(TimeSpan.FromSeconds(60)); // hangs when the last ring is lost
    }
}
