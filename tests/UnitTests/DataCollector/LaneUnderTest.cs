using CryptoScreener.DataCollector.Candles;
using CryptoScreener.Hosting.Health;
using CryptoScreener.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace CryptoScreener.UnitTests.DataCollector;

/// <summary>A lane that runs, on a clock that a test moves. It publishes nothing in these tests, so it needs no bus.</summary>
internal sealed class LaneUnderTest : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Task> _running = [];

    internal LaneUnderTest()
    {
        Lane = new ExchangeLane(new ExchangeClock(Time), null!, null!, null!, null!, Time, NullLogger<ExchangeLane>.Instance);
        Lane.Clock.Observe(Followed.Minute(1) + 30_000);
        _running.Add(Lane.RunAsync(new HeartbeatRegistry(Time).Watch("lane", TimeSpan.FromMinutes(1)), _stop.Token));
    }

    internal ManualTime Time { get; } = new();

    internal ExchangeLane Lane { get; }

    internal void Beside(Func<CancellationToken, Task> loop) => _running.Add(loop(_stop.Token));

    internal Task<T> AskAsync<T>(Func<T> question) => Lane.AskAsync(question, CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        foreach (var task in _running) await Assert.ThrowsAnyAsync<OperationCanceledException>(() => task);
        _stop.Dispose();
    }
}
