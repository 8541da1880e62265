using System.Diagnostics.Metrics;
using System.Net;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.Contracts.Feed;
using CryptoScreener.DataCollector.Feeds;
using CryptoScreener.DataCollector.Gaps;
using CryptoScreener.Storage.Candles;
using CryptoScreener.Storage.Connections;
using CryptoScreener.Storage.Gaps;
using CryptoScreener.Testing;

namespace CryptoScreener.IntegrationTests.Collector.Gaps;

/// <summary>What an exchange does not give: asked for two days long, and settled at once when the instrument is traded no more.</summary>
public sealed class AbandonedGapTests(ServersFixture servers) : IClassFixture<ServersFixture>, IAsyncLifetime
{
    private RepairUnderTest _test = null!;

    public async Task InitializeAsync() => _test = await RepairUnderTest.StartAsync(servers);

    public async Task DisposeAsync() => await _test.DisposeAsync();

    [Fact]
    public async Task What_the_exchange_does_not_give_within_two_days_is_abandoned_and_not_sooner()
    {
        var (minute, ledger) = (_test.Minute, _test.Ledger);
        await _test.RunAsync();
        ledger.Add(_test.Instrument, minute, "test");
        await _test.IsInTableAsync(GapState.Found, minute);
        await Eventually.TrueAsync(() => ledger.Open[0].AnnouncedThrough == minute, "it is announced, so the repair may begin");
        _test.Time.Advance(TimeSpan.FromHours(48));
        await AskedAsync(1);
        Assert.Equal(1, ledger.Count);

        _test.Time.Advance(TimeSpan.FromSeconds(5));
        await _test.IsInTableAsync(GapState.Abandoned, minute);
        Assert.Equal(0, _test.Ledger.Count);
    }

    [Fact]
    public async Task Gaps_of_what_is_delisted_are_settled_at_once_with_what_its_history_holds()
    {
        var (whole, torn) = (_test.Minute, _test.Minute + (10 * Timeframe.MinuteMs));
        _test.Ledger.Add(_test.Instrument, whole, "test");
        _test.Ledger.Add(_test.Instrument, torn, "test");
        _test.Ledger.Add(_test.Instrument, torn + Timeframe.MinuteMs, "test");
        _test.Exchange.History.Add(Traded(whole));
        _test.Exchange.History.Add(Traded(torn));

        await _test.Repair.TrySettleDelistedAsync(_test.Instrument, () => false, CancellationToken.None);

        Assert.Equal(0, _test.Ledger.Count);
        await _test.IsInTableAsync(GapState.Repaired, whole);
        await _test.IsInTableAsync(GapState.Abandoned, torn);
        var stored = new List<Candle>();
        await _test.Storage.Get<CandleReader>().ReadAsync(_test.Instrument.DatabaseId, Timeframe.OneMinute, whole, torn + Timeframe.MinuteMs, stored);
        Assert.Equal([Traded(whole), Traded(torn)], stored);
    }

    [Fact]
    public async Task Nothing_is_abandoned_of_what_is_traded_again_when_the_answer_comes()
    {
        _test.Ledger.Add(_test.Instrument, _test.Minute, "test");
        await _test.Repair.TrySettleDelistedAsync(_test.Instrument, () => true, CancellationToken.None);
        Assert.Equal(1, _test.Ledger.Count);
    }

    [Fact]
    public async Task Nothing_is_abandoned_while_the_exchange_fails()
    {
        var minute = _test.Minute;
        _test.Ledger.Add(_test.Instrument, minute, "test");
        _test.Exchange.History.Add(Traded(minute));
        _test.Exchange.Hold().SetException(new HttpRequestException("later", null, HttpStatusCode.ServiceUnavailable));
        Assert.False(await _test.Repair.TrySettleDelistedAsync(_test.Instrument, () => false, CancellationToken.None));
        Assert.Equal(1, _test.Ledger.Count);
        _test.Exchange.Hold().SetResult();
        Assert.True(await _test.Repair.TrySettleDelistedAsync(_test.Instrument, () => false, CancellationToken.None));
        await _test.IsInTableAsync(GapState.Repaired, minute);
    }

    [Fact]
    public async Task Notes_that_do_not_fit_while_the_database_is_away_are_counted()
    {
        var meters = _test.Storage.Get<IMeterFactory>();
        using var dropped = new MeteredSum(meters, "data_collector_gap_notes_dropped");
        using var waiting = new GapRecords(
            new FeedPublisher(_test.Bus.Stored), _test.Storage.Get<GapStore>(), _test.Storage.Get<WhenAvailable>(), new GapMetrics(meters), _test.Time);
        var gap = new Gap(_test.Instrument, _test.Minute, _test.Minute, "test", _test.Time.GetUtcNow());
        for (var i = 0; i < GapRecords.Capacity; i++) await waiting.RecordAsync(gap, GapState.Found, CancellationToken.None);
        Assert.Equal(0, dropped.Value);
        for (var i = 0; i < 3; i++) await waiting.RecordAsync(gap, GapState.Found, CancellationToken.None);
        Assert.Equal(3, dropped.Value);
    }

    private static Candle Traded(long minute) => new(minute, 100, 110, 90, 105, 5, 500, 10, 1, 100);

    private Task AskedAsync(int times) => Eventually.TrueAsync(() => _test.Exchange.Asked.Count >= times, $"the exchange is asked {times} times");
}
