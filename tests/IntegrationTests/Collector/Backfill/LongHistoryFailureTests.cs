using System.Diagnostics.Metrics;
using System.Net;
using CryptoScreener.Contracts.Instruments;
using CryptoScreener.DataCollector;
using CryptoScreener.DataCollector.Backfill;
using CryptoScreener.DataCollector.Candles;
using CryptoScreener.IntegrationTests.Collector.Gaps;
using CryptoScreener.IntegrationTests.Storage;
using CryptoScreener.Storage.Candles;
using CryptoScreener.Storage.Connections;
using CryptoScreener.Storage.Instruments;
using CryptoScreener.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace CryptoScreener.IntegrationTests.Collector.Backfill;

public sealed class LongHistoryFailureTests(ServersFixture servers) : IClassFixture<ServersFixture>, IAsyncLifetime
{
    private readonly ForgetfulExchange _exchange = new();
    private readonly ManualTime _time = new();
    private readonly CancellationTokenSource _stop = new();
    private HistoryProgress _progress = null!;
    private TestStorage _storage = null!;
    private LongHistory _history = null!;

    public async Task InitializeAsync()
    {
        _storage = await TestStorage.CreateAsync(servers);
        _progress = new HistoryProgress(_exchange.Name, _time);
        var available = _storage.Get<WhenAvailable>();
        _history = new LongHistory(
            _exchange, _storage.Get<CandleReader>(), new CandleArchive(_storage.Get<CandleWriter>(), null!, available, _time), available,
            new CollectorOptions { HistoryBars = 3 }, _progress, new HistoryMetrics(_storage.Get<IMeterFactory>()), _time, NullLogger<LongHistory>.Instance);
    }

    public async Task DisposeAsync()
    {
        await _stop.CancelAsync();
        await _storage.DisposeAsync();
        _stop.Dispose();
    }

    [Fact]
    public async Task A_failure_that_nobody_expects_ends_it_for_all_to_see()
    {
        _exchange.Hold().SetException(new ArgumentException("a defect"));
        await AddAsync("BTCUSDT", CancellationToken.None);
        await Assert.ThrowsAsync<ArgumentException>(() => _history.RunAsync(_stop.Token));
    }

    [Fact]
    public async Task A_request_that_fails_after_the_instrument_was_taken_from_us_is_forgotten()
    {
        using var taken = new CancellationTokenSource();
        var answered = _exchange.Hold();
        await AddAsync("BTCUSDT", taken.Token);
        var running = _history.RunAsync(_stop.Token);
        await Eventually.TrueAsync(() => _exchange.Asked.Count == 1, "it is asked");
        _exchange.FailWhenCancelled(new HttpRequestException("too many", null, HttpStatusCode.TooManyRequests));
        await taken.CancelAsync();
        await Eventually.TrueAsync(() => _progress.Now.Instruments == 0, "it is expected no more");

        answered.SetResult();
        _exchange.Hold().SetResult();
        await AddAsync("ETHUSDT", CancellationToken.None);
        await Eventually.TrueAsync(() => _progress.Now.InstrumentsDone == 1, "the others go on");
        await _stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    private async Task AddAsync(string symbol, CancellationToken end)
    {
        var id = new InstrumentId(_exchange.Name, symbol);
        var number = (await _storage.Get<InstrumentStore>().ResolveAsync([id], CancellationToken.None))[0];
        await _history.AddAsync([new FollowedInstrument(id, number, partition: 0, epoch: 1)], _time.GetUtcNow().ToUnixTimeMilliseconds(), end);
    }
}
