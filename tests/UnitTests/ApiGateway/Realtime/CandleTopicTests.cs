using System.Text.Json.Nodes;
using CryptoScreener.ApiGateway.Auth;
using CryptoScreener.ApiGateway.Live;
using CryptoScreener.ApiGateway.Realtime;
using CryptoScreener.ApiGateway.Realtime.Channels;
using CryptoScreener.ApiGateway.Realtime.Topics;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.Contracts.Instruments;
using CryptoScreener.Hosting.Health;
using CryptoScreener.Testing;
using Microsoft.Extensions.Options;

namespace CryptoScreener.UnitTests.ApiGateway.Realtime;

/// <summary>A bar of five minutes over a hole, and a database that is away for a while.</summary>
public sealed class CandleTopicTests : IDisposable
{
    private const long Minute = Timeframe.MinuteMs;
    private static readonly InstrumentId Bitcoin = new("x", "BTC");
    private readonly CandleBook _live = new();
    private readonly ManualTime _time = new();
    private readonly TopicClock _clock;
    private readonly TopicBook _topics;
    private readonly List<Candle> _stored = [];
    private volatile bool _isAway;
    private int _reads;

    public CandleTopicTests()
    {
        var (market, options) = (new MarketView(new FrameBook()), Options.Create(new RealtimeOptions()));
        _clock = new TopicClock(market, new HeartbeatRegistry(TimeProvider.System), options, _time);
        _topics = new TopicBook(_clock, market, options);
    }

    public void Dispose() => _clock.Dispose();

    [Fact]
    public async Task A_reload_that_fails_is_tried_again_and_refuses_nobody()
    {
        Close(100);
        var topic = Join("first");
        await topic.ReadyAsync(CancellationToken.None);
        _isAway = true;
        Close(102); // 101 was lost on its way
        await ReadAgainAsync(2);

        await Join("second").ReadyAsync(CancellationToken.None);
        (_isAway, _) = (false, Store(101));
        await ReadAgainAsync(3, TimeSpan.FromSeconds(6));
        await Eventually.TrueAsync(() => VolumeOf(topic) == 3, "the bar has all of its minutes");
    }

    [Fact]
    public async Task A_closed_bar_that_is_corrected_before_the_next_minute_is_told_as_closed()
    {
        Close(100);
        var topic = Join("first");
        await topic.ReadyAsync(CancellationToken.None);
        foreach (var minute in (long[])[101, 103]) Tell(minute);
        await ReadAgainAsync(2);
        var has = topic.Take(0, []);
        Store(102);
        Tell(104); // the last minute of the bar

        var told = new List<TopicMessage>();
        await Eventually.TrueAsync(
            () =>
            {
                has = topic.Take(has, told); // each by itself: two at once would be a snapshot
                _clock.Tick();
                return told.Count == 2;
            },
            "the bar was told and corrected");
        Assert.Equal([(4, true), (5, true)], told.Select(message => JsonNode.Parse(message.Json)!).Select(update => ((int)update["candle"]![5]!, (bool)update["closed"]!)));

        void Tell(long minute)
        {
            Store(minute);
            Close(minute);
            _clock.Tick();
        }
    }

    /// <param name="step">With each look: what failed says after it was asked when it will be asked again.</param>
    private async Task ReadAgainAsync(int times, TimeSpan step = default) => await Eventually.TrueAsync(
        _time,
        step,
        () =>
        {
            _clock.Tick();
            return Volatile.Read(ref _reads) == times;
        },
        $"history was asked {times} times");

    private Topic Join(string client) => _topics.Join(
        "candles", "BTC 5m", id => new CandleTopic(id, Bitcoin, new Timeframe(5), _live, ReadAsync), new Seat(new Nobody(), client, Account.Anonymous));

    private Task<IReadOnlyList<Candle>> ReadAsync(InstrumentId instrument, long from, long through, CancellationToken stop)
    {
        IReadOnlyList<Candle> stored = [.. _stored];
        Interlocked.Increment(ref _reads);
        return _isAway ? throw new TimeoutException("away") : Task.FromResult(stored);
    }

    private bool Store(long minute)
    {
        _stored.Add(CandleOf(minute));
        return true;
    }

    private void Close(long minute) => _live.Offer(new CandleUpdate(Bitcoin, CandleOf(minute), true, CandleSource.Exchange, 0, 0, 1));

    private static Candle CandleOf(long minute) => Candle.Flat(minute * Minute, 1) with { Volume = 1 };

    private double VolumeOf(Topic topic)
    {
        _clock.Tick();
        var messages = new List<TopicMessage>();
        topic.Take(0, messages);
        return (double)JsonNode.Parse(messages[0].Json)!["candles"]![0]![5]!;
    }

    private sealed class Nobody : IWake
    {
        public void Wake()
        {
        }
    }
}
