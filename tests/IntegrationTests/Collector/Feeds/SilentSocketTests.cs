using System.Diagnostics.Metrics;
using System.Net;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.DataCollector;
using CryptoScreener.DataCollector.Candles;
using CryptoScreener.DataCollector.Feeds;
using CryptoScreener.IntegrationTests.Messaging;
using CryptoScreener.LocalServers;
using CryptoScreener.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace CryptoScreener.IntegrationTests.Collector.Feeds;

/// <summary>Sockets that acknowledge everything and tell nothing, before the watchdog on a clock that a test moves.</summary>
public sealed class SilentSocketTests : IAsyncLifetime
{
    private const long Now = 600 * Timeframe.MinuteMs;
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(1);
    private static readonly CollectorOptions Options = new() { StallAfterMs = 10_000, SilenceLimitMs = 10_000 };
    private readonly CancellationTokenSource _stop = new();
    private LocalNats _nats = null!;
    private TestBus _bus = null!;
    private ScriptedExchange _exchange = null!;
    private FeedUnderTest _feed = null!;
    private Task _running = Task.CompletedTask;

    public async Task InitializeAsync()
    {
        _nats = await LocalNats.StartAsync();
        _bus = await TestBus.StartAsync(_nats);
        _exchange = await ScriptedExchange.StartAsync(instrumentsPerSocket: 5);
        _feed = new FeedUnderTest(_exchange);
    }

    public async Task DisposeAsync()
    {
        await _stop.CancelAsync();
        if (!_running.IsCompletedSuccessfully) await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _running);
        await _feed.DisposeAsync();
        await _exchange.DisposeAsync();
        await _bus.DisposeAsync();
        await _nats.DisposeAsync();
        _stop.Dispose();
    }

    [Fact]
    public async Task It_is_replaced_once_however_many_of_its_instruments_are_found_to_trade()
    {
        using var stalls = new MeteredSum(_bus.Get<IMeterFactory>(), "data_collector_stalls");
        var asked = 0;
        _exchange.Rows = (_, _, _) => Interlocked.Increment(ref asked) <= 4 ? [new Candle(Now + Timeframe.MinuteMs, 1, 1, 1, 1, 1, 1)] : [];
        await WatchAsync("AAA", "BBB", "CCC", "DDD");

        await AdvancedAsync(() => _exchange.Count == 2, "another is opened");
        await AdvancedAsync(() => Volatile.Read(ref asked) > 4, "the first four questions have been dealt with");
        Assert.Equal(1, stalls.Value);
        Assert.Equal(2, _exchange.Count);
    }

    [Fact]
    public async Task It_is_found_behind_another_with_quiet_instruments_while_nobody_can_be_asked()
    {
        _exchange.Rows = (_, _, _) => throw new HttpRequestException("away", null, HttpStatusCode.ServiceUnavailable);
        var instruments = await WatchAsync("AAA", "BBB", "CCC", "DDD", "EEE", "FFF");
        var (traded, socket) = (instruments[4], _exchange.HeardOn(0)[0].StartsWith("AAA", StringComparison.Ordinal) ? 0 : 1);

        await Eventually.TrueAsync(
            async () =>
            {
                _feed.Time.Advance(Step);
                await _exchange.SayAsync(socket, traded.Id.Symbol, Timeframe.MinuteMs);
                await Eventually.TrueAsync(() => traded.Pulse.HeardAt == _feed.Time.GetTimestamp(), "it is heard");
                return _exchange.Count == 3 && _exchange.HeardOn(2).Count > 0;
            },
            "it is replaced");
        Assert.Equal("FFF", _exchange.HeardOn(2)[0]);
    }

    [Fact]
    public async Task Its_silence_counts_from_its_subscription_on_also_when_it_was_lost_before()
    {
        await FollowAsync("AAA");
        var socket = _feed.Set.Sockets[0];
        _exchange.RefusesSockets = true;
        _exchange.Cut(0);
        await Eventually.TrueAsync(() => socket.Connection!.SubscribedAt is null, "it is lost");
        var lost = _feed.Time.GetTimestamp();
        _feed.Time.Advance(TimeSpan.FromMinutes(5));
        _exchange.RefusesSockets = false;

        await AdvancedAsync(() => socket.Connection?.SubscribedAt is not null, "it is opened again");
        Assert.True(socket.Connection!.SubscribedAt >= lost + TimeSpan.FromMinutes(5).Ticks);
    }

    [Fact]
    public async Task Its_connection_is_claimed_by_one_only_and_the_next_one_again()
    {
        await FollowAsync("AAA");
        var socket = _feed.Set.Sockets[0];
        var first = socket.Connection!;
        Assert.Equal((true, false), (first.TryClaim(), first.TryClaim()));
        first.GiveUp();
        first.GiveUp();

        await AdvancedAsync(() => socket.Connection != first, "another has taken its place");
        Assert.True(socket.Connection!.TryClaim());
        Assert.False(socket.Connection.GivenUp.IsCompleted);
    }

    private async Task<FollowedInstrument[]> WatchAsync(params string[] symbols)
    {
        var instruments = await FollowAsync(symbols);
        var watchdog = new StallWatchdog(
            _exchange, _feed.Set, _feed.Lane, new FeedPublisher(_bus.Stored), Options, new FeedMetrics(_bus.Get<IMeterFactory>()), _feed.Time, NullLogger<StallWatchdog>.Instance);
        _running = watchdog.RunAsync(_stop.Token);
        return instruments;
    }

    private async Task<FollowedInstrument[]> FollowAsync(params string[] symbols)
    {
        var instruments = await _feed.FollowAsync(Now, symbols);
        var sockets = _feed.Set.Sockets.Count;
        await Eventually.TrueAsync(
            () => _feed.Set.Sockets.All(s => s.Connection?.SubscribedAt is not null) && _exchange.Count == sockets && Enumerable.Range(0, sockets).All(i => _exchange.HeardOn(i).Count == 1),
            "all are subscribed");
        return instruments;
    }

    private Task AdvancedAsync(Func<bool> condition, string what) => Eventually.TrueAsync(_feed.Time, Step, condition, what);
}
