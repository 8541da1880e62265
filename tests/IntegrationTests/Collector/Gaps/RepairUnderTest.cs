using System.Diagnostics.Metrics;
using CryptoScreener.Contracts.Feed;
using CryptoScreener.Contracts.Instruments;
using CryptoScreener.DataCollector.Backfill;
using CryptoScreener.DataCollector.Candles;
using CryptoScreener.DataCollector.Feeds;
using CryptoScreener.DataCollector.Gaps;
using CryptoScreener.IntegrationTests.Messaging;
using CryptoScreener.IntegrationTests.Storage;
using CryptoScreener.LocalServers;
using CryptoScreener.Storage.Candles;
using CryptoScreener.Storage.Connections;
using CryptoScreener.Storage.Gaps;
using CryptoScreener.Storage.Instruments;
using CryptoScreener.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace CryptoScreener.IntegrationTests.Collector.Gaps;

/// <summary>The repair of one exchange with its ledger, on a real bus and table and on a clock that a test moves.</summary>
internal sealed class RepairUnderTest : IAsyncDisposable
{
    private static readonly InstrumentId Bitcoin = new("forgetful", "BTCUSDT");
    private readonly CancellationTokenSource _stop = new();
    private readonly GapRecords _records;
    private Task? _running;

    private RepairUnderTest(LocalNats nats, TestBus bus, TestStorage storage, FollowedInstrument instrument)
    {
        (Nats, Bus, Storage, Instrument) = (nats, bus, storage, instrument);
        var meters = storage.Get<IMeterFactory>();
        var metrics = new GapMetrics(meters);
        var feed = new FeedPublisher(bus.Stored);
        var available = storage.Get<WhenAvailable>();
        Ledger = new GapLedger(Bitcoin.Exchange, metrics, Time);
        _records = new GapRecords(feed, storage.Get<GapStore>(), available, metrics, Time);
        var archive = new CandleArchive(storage.Get<CandleWriter>(), feed, available, Time);
        var lane = new ExchangeLane(new ExchangeClock(Time), null!, null!, new CandleMetrics(meters), null!, Time, NullLogger<ExchangeLane>.Instance);
        Repair = new GapRepair(Exchange, lane, Ledger, _records, archive, storage.Get<CandleReader>(), available, Time, NullLogger<GapRepair>.Instance);
    }

    internal LocalNats Nats { get; }

    internal TestBus Bus { get; }

    internal TestStorage Storage { get; }

    internal ManualTime Time { get; } = new();

    internal ForgetfulExchange Exchange { get; } = new();

    internal FollowedInstrument Instrument { get; }

    internal GapLedger Ledger { get; }

    internal GapRepair Repair { get; }

    internal long Minute => Time.GetUtcNow().ToUnixTimeMilliseconds();

    internal static async Task<RepairUnderTest> StartAsync(ServersFixture servers, int publishBuffer = 10_000)
    {
        var nats = await LocalNats.StartAsync();
        var storage = await TestStorage.CreateAsync(servers);
        var test = new RepairUnderTest(nats, await TestBus.StartAsync(nats, publishBuffer), storage, await FollowAsync(storage, Bitcoin));
        await test._records.StartAsync(test._stop.Token);
        return test;
    }

    internal Task<FollowedInstrument> FollowAsync(string symbol) => FollowAsync(Storage, new InstrumentId(Bitcoin.Exchange, symbol));

    /// <summary>Returns when the repair waits for its next turn: who moves the clock before that moves it for nobody.</summary>
    internal Task RunAsync()
    {
        _running = Repair.RunAsync(_stop.Token);
        return Eventually.TrueAsync(() => Time.HasTimerDueWithin(TimeSpan.FromSeconds(5)), "the repair runs");
    }

    internal Task IsInTableAsync(GapState state, long from, FollowedInstrument? instrument = null) => Eventually.TrueAsync(
        async () => (await Storage.Get<GapStore>().ListAsync((instrument ?? Instrument).DatabaseId, state, from, from, 10)).Exists(gap => gap.From == from),
        $"the gap is {state} in the table");

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        if (_running is not null) await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _running);
        await _records.StopAsync(CancellationToken.None);
        await Storage.DisposeAsync();
        await Bus.DisposeAsync();
        await Nats.DisposeAsync();
        _records.Dispose();
        _stop.Dispose();
    }

    private static async Task<FollowedInstrument> FollowAsync(TestStorage storage, InstrumentId id) =>
        new(id, (await storage.Get<InstrumentStore>().ResolveAsync([id]))[0], partition: 0, epoch: 1);
}
