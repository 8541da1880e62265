using System.Diagnostics.Metrics;
using System.Text;
using CryptoScreener.Contracts.Bus;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.Contracts.Instruments;
using CryptoScreener.DataCollector.Candles;
using CryptoScreener.DataCollector.Feeds;
using CryptoScreener.Hosting.Health;
using CryptoScreener.Hosting.Telemetry;
using CryptoScreener.IntegrationTests.Messaging;
using CryptoScreener.LocalServers;
using CryptoScreener.Messaging.Reading;
using CryptoScreener.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace CryptoScreener.IntegrationTests.Collector.Backfill;

/// <summary>A lane that runs on a bus of its own, on a clock that a test moves: what it says of its instrument is read from the stream.</summary>
internal sealed class LaneOnBus : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Task> _running = [];
    private readonly LocalNats _nats;
    private readonly TestBus _bus;

    private LaneOnBus(LocalNats nats, TestBus bus)
    {
        (_nats, _bus, Meters) = (nats, bus, bus.Get<IMeterFactory>());
        var (metrics, stages) = (new CandleMetrics(Meters), new StageLatency(Meters));
        Lane = new ExchangeLane(
            new ExchangeClock(Time), new CandlePublisher(bus.Core, bus.Stored, metrics, stages, Time), new FeedStatusReporter(null!, null!, null!, null!, null!, Time),
            metrics, stages, Time, NullLogger<ExchangeLane>.Instance);
        Beside(stop => Lane.RunAsync(new HeartbeatRegistry(Time).Watch("lane", TimeSpan.FromHours(1)), stop));
    }

    internal ManualTime Time { get; } = new();

    internal IMeterFactory Meters { get; }

    internal ExchangeLane Lane { get; }

    internal FollowedInstrument Bitcoin { get; } = new(new InstrumentId("forgetful", "BTCUSDT"), databaseId: 1, partition: 0, epoch: 1);

    internal static async Task<LaneOnBus> StartAsync()
    {
        var nats = await LocalNats.StartAsync();
        return new LaneOnBus(nats, await TestBus.StartAsync(nats));
    }

    internal void Beside(Func<CancellationToken, Task> loop) => _running.Add(loop(_stop.Token));

    internal ValueTask DoAsync(Action<FollowedInstrument> work) => Lane.PostAsync(() => work(Bitcoin), _stop.Token);

    internal Reading Said() => new(_bus.Reader, Streams.Candles, Bitcoin.ClosedSubject, StreamPosition.Beginning);

    internal (CandleSource Source, Candle Candle) Read(string json)
    {
        Assert.True(CandleCodec.TryRead(Encoding.UTF8.GetBytes(json), Bitcoin.Id, out var update));
        return (update.Source, update.Candle);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        foreach (var task in _running) await Assert.ThrowsAnyAsync<OperationCanceledException>(() => task);
        _stop.Dispose();
        await _bus.DisposeAsync();
        await _nats.DisposeAsync();
    }
}
