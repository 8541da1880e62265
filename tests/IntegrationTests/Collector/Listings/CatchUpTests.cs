using System.Net;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.Contracts.Feed;
using CryptoScreener.Contracts.Instruments;
using CryptoScreener.DataCollector;
using CryptoScreener.DataCollector.Backfill;
using CryptoScreener.DataCollector.Candles;
using CryptoScreener.DataCollector.Exchanges;
using CryptoScreener.DataCollector.Feeds;
using CryptoScreener.DataCollector.Ownership;
using CryptoScreener.Hosting.Health;
using CryptoScreener.IntegrationTests.Collector.Feeds;
using CryptoScreener.IntegrationTests.Collector.Gaps;
using CryptoScreener.Storage.Candles;
using CryptoScreener.Storage.Connections;
using CryptoScreener.Storage.Instruments;
using CryptoScreener.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace CryptoScreener.IntegrationTests.Collector.Listings;

/// <summary>What was delisted while nobody followed its partition, on an exchange that answers as a test says.</summary>
public sealed class CatchUpTests(ServersFixture servers) : IClassFixture<ServersFixture>, IAsyncLifetime
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(1);
    private static readonly CollectorOptions LastHour = new() { BackfillHours = 1 };
    private readonly OwnedPartition _owned = new(number: 0, epoch: 1, CancellationToken.None);
    private readonly CancellationTokenSource _stop = new();
    private RepairUnderTest _test = null!;
    private ScriptedExchange _exchange = null!;
    private ExchangeLane _lane = null!;
    private EndedHistory _history = null!;
    private Delistings _delistings = null!;
    private Task _running = null!;
    private long _minute;

    public async Task InitializeAsync()
    {
        _test = await RepairUnderTest.StartAsync(servers);
        _exchange = await ScriptedExchange.StartAsync();
        _minute = _test.Minute;
        var (time, storage, feed) = (_test.Time, _test.Storage, new FeedPublisher(_test.Bus.Stored));
        var available = storage.Get<WhenAvailable>();
        _lane = new ExchangeLane(new ExchangeClock(time), null!, null!, null!, null!, time, NullLogger<ExchangeLane>.Instance);
        _lane.Clock.Observe(_minute + 30_000);
        _running = _lane.RunAsync(new HeartbeatRegistry(time).Watch("lane", TimeSpan.FromHours(1)), _stop.Token);
        var archive = new CandleArchive(storage.Get<CandleWriter>(), feed, available, time);
        _history = new EndedHistory(
            storage.Get<CandleReader>(), archive, available, Options.Create(LastHour), time, NullLogger<EndedHistory>.Instance);
        var list = new InstrumentList(_exchange, LastHour, time, NullLogger.Instance);
        var registry = new InstrumentRegistry(storage.Get<InstrumentStore>(), feed, available, partitionCount: 1, time);
        _delistings = new Delistings(_exchange, list, _lane, registry, _history, _test.Repair, _test.Ledger, time, NullLogger<Delistings>.Instance);
    }

    public async Task DisposeAsync()
    {
        await _owned.EndAsync();
        await _stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _running);
        await _exchange.DisposeAsync();
        await _test.DisposeAsync();
        _stop.Dispose();
    }

    [Fact]
    public async Task The_running_minute_is_stored_when_it_is_over_and_not_before()
    {
        var gone = await KnownAsync("AAA");
        _exchange.Rows = (_, from, through) => Rows(from, through, volume: _lane.Clock.Now < _minute + Timeframe.MinuteMs ? 1 : 5);

        var catchingUp = CatchUpAsync();
        await Eventually.TrueAsync(_test.Time, Step, () => catchingUp.IsCompleted, "it is settled");
        await catchingUp;
        Assert.Equal(Rows(_minute - Timeframe.MinuteMs, _minute, volume: 5), await StoredAsync(gone));
        Assert.Equal(InstrumentStatus.Delisted, await StatusAsync("AAA"));
    }

    [Fact]
    public async Task One_of_which_the_exchange_only_fails_keeps_no_other_waiting_and_is_settled_when_it_answers()
    {
        var failing = await KnownAsync("AAA");
        await KnownAsync("BBB");
        var fails = true;
        _exchange.Rows = (symbol, from, through) => symbol == "AAA" && Volatile.Read(ref fails)
            ? throw new HttpRequestException("later", null, HttpStatusCode.ServiceUnavailable)
            : Rows(from, through, volume: 5);

        var catchingUp = CatchUpAsync();
        await Eventually.TrueAsync(_test.Time, Step, async () => await StatusAsync("BBB") == InstrumentStatus.Delisted, "the other is settled");
        Assert.Equal((false, InstrumentStatus.Trading), (catchingUp.IsCompleted, await StatusAsync("AAA")));

        Volatile.Write(ref fails, false);
        await Eventually.TrueAsync(_test.Time, Step, () => catchingUp.IsCompleted, "all is settled");
        await catchingUp;
        Assert.Equal(InstrumentStatus.Delisted, await StatusAsync("AAA"));
        Assert.Equal(2, (await StoredAsync(failing)).Count);
    }

    [Fact]
    public async Task Of_what_is_back_when_its_rows_come_none_is_stored()
    {
        var back = await KnownAsync("AAA");
        _exchange.Rows = (_, from, through) => Rows(from, through, volume: 5);
        Assert.True(await _history.TryLoadAsync(_exchange, back, _minute, () => true, CancellationToken.None));
        Assert.Empty(await StoredAsync(back));
    }

    [Fact]
    public async Task What_the_last_mark_called_missing_of_it_is_noted_and_settled()
    {
        var gone = await KnownAsync("AAA");
        var marked = _minute - Timeframe.MinuteMs;
        _exchange.Rows = (_, _, _) => [];

        var catchingUp = CatchUpAsync(new HistoryEnd(marked, ["AAA", "STILL FOLLOWED"]));
        await _test.IsInTableAsync(GapState.Found, marked, gone);
        await Eventually.TrueAsync(_test.Time, Step, () => catchingUp.IsCompleted, "it is settled");
        await catchingUp;
        await _test.IsInTableAsync(GapState.Abandoned, marked, gone);
        Assert.Empty(_test.Ledger.Open);
    }

    private Task CatchUpAsync(HistoryEnd? end = null) =>
        _owned.WhileOursAsync(() => _delistings.CatchUpAsync(_owned, [], end ?? new HistoryEnd(0, []), new ListedInstruments([], [])));

    /// <summary>The running minute and the one before it.</summary>
    private List<Candle> Rows(long from, long through, double volume) =>
    [
        .. new[] { Traded(_minute - Timeframe.MinuteMs, 5), Traded(_minute, volume) }.Where(c => from <= c.OpenTime && c.OpenTime <= through),
    ];

    private static Candle Traded(long minute, double volume) => new(minute, 100, 110, 90, 105, volume, 500, 10, 1, 100);

    /// <summary>The database calls it traded.</summary>
    private async Task<FollowedInstrument> KnownAsync(string symbol)
    {
        var (id, store) = (new InstrumentId(_exchange.Name, symbol), _test.Storage.Get<InstrumentStore>());
        await store.RegisterAsync([new InstrumentListing(id, null, null, InstrumentStatus.Trading)]);
        return new FollowedInstrument(id, (await store.ResolveAsync([id]))[0], partition: 0, epoch: 1);
    }

    private async Task<InstrumentStatus> StatusAsync(string symbol) =>
        (await _test.Storage.Get<InstrumentStore>().ListAsync(_exchange.Name)).Single(row => row.Instrument.Symbol == symbol).Status;

    private async Task<List<Candle>> StoredAsync(FollowedInstrument instrument)
    {
        var stored = new List<Candle>();
        await _test.Storage.Get<CandleReader>().ReadAsync(instrument.DatabaseId, Timeframe.OneMinute, 0, _minute + Timeframe.MinuteMs, stored);
        return stored;
    }
}
