using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using CryptoScreener.Contracts.Bus;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.Contracts.Instruments;
using CryptoScreener.Contracts.Json;
using CryptoScreener.Contracts.Marks;
using CryptoScreener.DataCollector.Candles;
using CryptoScreener.Hosting.Telemetry;
using CryptoScreener.IntegrationTests.Collector.Feeds;
using CryptoScreener.IntegrationTests.Messaging;
using CryptoScreener.LocalServers;
using CryptoScreener.Messaging.Reading;
using CryptoScreener.Testing;

namespace CryptoScreener.IntegrationTests.Collector.Ownership;

/// <summary>A collector that does not know yet, or has just learned, that a partition is another's.</summary>
public sealed class FormerOwnerTests
{
    private static readonly InstrumentId Bitcoin = new("binance-futures", "BTCUSDT");

    [Fact]
    public async Task A_minute_that_two_owners_say_is_in_the_stream_once()
    {
        await using var nats = await LocalNats.StartAsync();
        await using var bus = await TestBus.StartAsync(nats);
        var meters = bus.Get<IMeterFactory>();
        var publisher = new CandlePublisher(bus.Core, bus.Stored, new CandleMetrics(meters), new StageLatency(meters), TimeProvider.System);
        Say(minute: 1, epoch: 6);
        Say(minute: 2, epoch: 5);
        Say(minute: 2, epoch: 6);
        Say(minute: 3, epoch: 6);
        await bus.Stored.FlushAsync(CancellationToken.None);

        var read = new List<(long Minute, long Epoch)>();
        using var stop = new CancellationTokenSource();
        var reading = bus.Reader.ReadAsync(Streams.Candles, ">", StreamPosition.Beginning, TakeAsync, stop.Token);
        await Eventually.TrueAsync(() => Read().Count == 3, "what was said last is in the stream");
        Assert.Equal([(1, 6), (2, 5), (3, 6)], Read());
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);

        void Say(int minute, long epoch) => Assert.True(publisher.TryClose(Instrument(epoch), Bar(minute), CandleSource.Exchange, 0, 0));

        List<(long Minute, long Epoch)> Read()
        {
            lock (read) return [.. read];
        }

        ValueTask TakeAsync(StoredBatch batch, CancellationToken _)
        {
            foreach (var message in batch.Messages)
            {
                Assert.True(CandleCodec.TryRead(message.Data.Span, Bitcoin, out var update));
                lock (read) read.Add((update.Candle.OpenTime / Timeframe.MinuteMs, update.Epoch));
            }

            return ValueTask.CompletedTask;
        }
    }

    [Fact]
    public async Task What_is_still_on_its_way_when_a_partition_is_given_back_is_not_published()
    {
        await using var exchange = await ScriptedExchange.StartAsync();
        await using var feed = new FeedUnderTest(exchange); // it has no bus: whoever publishes on it fails
        var (former, kept) = (Instrument(epoch: 5), new FollowedInstrument(new InstrumentId("binance-futures", "KEPT"), 2, partition: 1, epoch: 5));
        feed.Lane.Mute(former.Partition, former.Epoch);
        await feed.Lane.AskAsync(
            () =>
            {
                feed.Lane.Clock.Observe(Timeframe.MinuteMs);
                former.Gate.StartAfter(Bar(1));
                return true;
            },
            CancellationToken.None);
        await feed.Set.FollowAsync([former, kept], CancellationToken.None);
        await Eventually.TrueAsync(() => exchange.Answered == 1, "both are subscribed");
        await exchange.SayAsync(0, "BTCUSDT", 2 * Timeframe.MinuteMs);
        await Eventually.TrueAsync(() => former.Pulse.HeardAt != 0, "its stream still tells");

        Assert.False(await feed.Lane.AskAsync(() => feed.Lane.Publish(former, Bar(2), CandleSource.Audit), CancellationToken.None));
        Assert.False(feed.Lane.IsMuted(kept.Partition, kept.Epoch));
        Assert.False(feed.Lane.IsMuted(former.Partition, former.Epoch + 1));
    }

    [Fact]
    public async Task A_mark_that_waited_while_its_partition_became_anothers_is_not_published()
    {
        await using var nats = await LocalNats.StartAsync();
        await using var bus = await TestBus.StartAsync(nats);
        await using var exchange = await ScriptedExchange.StartAsync();
        await using var feed = new FeedUnderTest(exchange);
        using var marks = new MarkPublisher(bus.Stored, TimeProvider.System);
        marks.Enqueue(feed.Lane, MarkOf(minute: 1, epoch: 5));
        marks.Enqueue(feed.Lane, MarkOf(minute: 2, epoch: 6));
        feed.Lane.Mute(partition: 0, epoch: 5);
        await marks.StartAsync(CancellationToken.None);

        var read = new ConcurrentQueue<Mark>();
        using var stop = new CancellationTokenSource();
        var reading = bus.Reader.ReadAsync(Streams.Candles, ">", StreamPosition.Beginning, TakeAsync, stop.Token);
        await Eventually.TrueAsync(() => !read.IsEmpty, "one is in the stream");
        Assert.Equal(6, Assert.Single(read).Epoch);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
        await marks.StopAsync(CancellationToken.None);

        static Mark MarkOf(int minute, long epoch) => new("binance-futures", 0, minute * Timeframe.MinuteMs, 1, [], 0, epoch);

        ValueTask TakeAsync(StoredBatch batch, CancellationToken _)
        {
            foreach (var message in batch.Messages) read.Enqueue(BusJson.Read(message.Data.Span, ContractsJson.Default.Mark)!);
            return ValueTask.CompletedTask;
        }
    }

    private static FollowedInstrument Instrument(long epoch) => new(Bitcoin, databaseId: 1, partition: 0, epoch);

    private static Candle Bar(int minute) => new(minute * Timeframe.MinuteMs, 100, 110, 90, 105, 5, 500, 10, 1, 100);
}
