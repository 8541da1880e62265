using System.Diagnostics.Metrics;
using CryptoScreener.Contracts.Candles;
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

/// <summary>What an exchange does not give: asked for two days long, and settled at once when the instrument is traded no more.</summary>
public sealed class AbandonedGapTests(ServersFixture servers) : IClassFixture<ServersFixture>, IAsyncLifetime
{
    private static readonly InstrumentId Bitcoin = new("forgetful", "BTCUSDT");
    private readonly ManualTime _time = new();
    private readonly ForgetfulExchange _exchange = new();
    private readonly CancellationTokenSource _stop = new();
    private LocalNats _nats = null!;
    private TestBus _bus = null!;
    private TestStorage _storage = null!;
    private FollowedInstrument _instrument = null!;
    private GapLedger _ledger = null!;
    private GapRecords _records = null!;
    private GapRepair _repair = null!;

    private long Minute => _time.GetUtcNow().ToUnixTimeMilliseconds();

    public async Task InitializeAsync()
    {
        _nats = await LocalNats.StartAsync();
        _bus = await TestBus.StartAsync(_nats);
        _storage = await TestStorage.CreateAsync(servers);
        var id = (await _storage.Get<InstrumentStore>().ResolveAsync([Bitcoin]))[0];
        _instrument = new FollowedInstrument(Bitcoin, id, partition: 0, epoch: 1);
        var metrics = new GapMetrics(_storage.Get<IMeterFactory>());
        var feed = new FeedPublisher(_bus.Stored);
        var available = _storage.Get<WhenAvailable>();
        _ledger = new GapLedger(Bitcoin.Exchange, metrics, _time);
        _records = new GapRecords(feed, _storage.Get<GapStore>(), available, metrics, _time);
        var archive = new CandleArchive(_storage.Get<CandleWriter>(), feed, available, _time);
        var lane = new ExchangeLane(new ExchangeClock(_time), null!, null!, new CandleMetrics(_storage.Get<IMeterFactory>()), null!, _time, NullLogger<ExchangeLane>.Instance);
        _repair = new GapRepair(_exchange, lane, _ledger, _records, archive, _storage.Get<CandleReader>(), available, _time, NullLogger<GapRepair>.Instance);
        await _records.StartAsync(_stop.Token);
    }

    public async Task DisposeAsync()
    {
        await _stop.CancelAsync();
        await _records.StopAsync(CancellationToken.None);
        await _storage.DisposeAsync();
        await _bus.DisposeAsync();
        await _nats.DisposeAsync();
        _records.Dispose();
        _stop.Dispose();
    }

    [Fact]
    public async Task What_the_exchange_does_not_give_within_two_days_is_abandoned_and_not_sooner()
    {
        var minute = Minute;
        var running = _repair.RunAsync(_stop.Token);
        _ledger.Add(_instrument, minute, "test");
        await IsInTableAsync(GapState.Found, minute);
        await Eventually.TrueAsync(() => _ledger.Open[0].AnnouncedThrough == minute, "it is announced, so the repair may begin");
        _time.Advance(TimeSpan.FromHours(48));
        await AskedAsync(1);
        Assert.Equal(1, _ledger.Count);

        _time.Advance(TimeSpan.FromSeconds(5));
        await IsInTableAsync(GapState.Abandoned, minute);
        Assert.Equal(0, _ledger.Count);
        await _stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    [Fact]
    public async Task Gaps_of_what_is_delisted_are_settled_at_once_with_what_its_history_holds()
    {
        var (whole, torn) = (Minute, Minute + (10 * Timeframe.MinuteMs));
        _ledger.Add(_instrument, whole, "test");
        _ledger.Add(_instrument, torn, "test");
        _ledger.Add(_instrument, torn + Timeframe.MinuteMs, "test");
        _exchange.History.Add(Traded(whole));
        _exchange.History.Add(Traded(torn));

        await _repair.SettleDelistedAsync(_instrument, CancellationToken.None);

        Assert.Equal(0, _ledger.Count);
        await IsInTableAsync(GapState.Repaired, whole);
        await IsInTableAsync(GapState.Abandoned, torn);
        var stored = new List<Candle>();
        await _storage.Get<CandleReader>().ReadAsync(_instrument.DatabaseId, Timeframe.OneMinute, whole, torn + Timeframe.MinuteMs, stored);
        Assert.Equal([Traded(whole), Traded(torn)], stored);
    }

    [Fact]
    public async Task Notes_that_do_not_fit_while_the_database_is_away_are_counted()
    {
        var meters = _storage.Get<IMeterFactory>();
        using var dropped = new MeteredSum(meters, "data_collector_gap_notes_dropped");
        using var waiting = new GapRecords(
            new FeedPublisher(_bus.Stored), _storage.Get<GapStore>(), _storage.Get<WhenAvailable>(), new GapMetrics(meters), _time);
        var gap = new Gap(_instrument, Minute, Minute, "test", _time.GetUtcNow());
        for (var i = 0; i < GapRecords.Capacity; i++) await waiting.RecordAsync(gap, GapState.Found, CancellationToken.None);
        Assert.Equal(0, dropped.Value);
        for (var i = 0; i < 3; i++) await waiting.RecordAsync(gap, GapState.Found, CancellationToken.None);
        Assert.Equal(3, dropped.Value);
    }

    private static Candle Traded(long minute) => new(minute, 100, 110, 90, 105, 5, 500, 10, 1, 100);

    private Task AskedAsync(int times) => Eventually.TrueAsync(() => _exchange.Asked >= times, $"the exchange is asked {times} times");

    private Task IsInTableAsync(GapState state, long from) => Eventually.TrueAsync(
        async () => (await _storage.Get<GapStore>().ListAsync(_instrument.DatabaseId, state, from, from, 10)).Exists(gap => gap.From == from),
        $"the gap is {state} in the table");
}
