using System.Diagnostics.Metrics;
using System.Text;
using CryptoScreener.Contracts.Bus;
using CryptoScreener.Messaging.Publishing;
using CryptoScreener.Messaging.Reading;
using CryptoScreener.Testing;

namespace CryptoScreener.IntegrationTests.Messaging;

public sealed class StoredMessagesTests(ServersFixture servers) : IClassFixture<ServersFixture>
{
    private static readonly CancellationToken NoStop = CancellationToken.None;

    [Fact]
    public async Task What_is_published_is_read_in_order_and_once()
    {
        await using var bus = await TestBus.StartAsync(servers.Nats);
        var subject = $"feed.{ServersFixture.NextPrefix()}.status";
        for (var i = 0; i < 5_000; i++) Assert.True(bus.Stored.TryPublish(subject, Text(i)));
        await bus.Stored.FlushAsync(NoStop);
        Assert.Equal(0, bus.Stored.Pending);

        await using var reading = new Reading(bus.Reader, Streams.Feed, subject, StreamPosition.Beginning);
        await Eventually.TrueAsync(() => reading.Seen.Count >= 5_000, "all messages are read");
        Assert.Equal(Enumerable.Range(0, 5_000).Select(i => $"{i}"), reading.Seen);
    }

    [Fact]
    public async Task A_reader_that_is_held_up_lags_until_it_has_read_the_rest()
    {
        await using var bus = await TestBus.StartAsync(servers.Nats);
        using var lag = new MeteredSum(bus.Get<IMeterFactory>(), "nats_consumer_lag_messages");
        var subject = $"feed.{ServersFixture.NextPrefix()}.status";
        await PublishAsync(bus, subject, 0, 2_000);
        using var held = new ManualResetEventSlim();

        await using var reading = new Reading(bus.Reader, Streams.Feed, subject, StreamPosition.Beginning, _ => held.Wait());
        await Eventually.TrueAsync(() => lag.Highest > 0, "it lags");
        held.Set();
        await Eventually.TrueAsync(() => reading.Seen.Count == 2_000 && lag.Value == 0, "it has caught up");
    }

    [Fact]
    public async Task A_reader_goes_on_behind_its_position()
    {
        await using var bus = await TestBus.StartAsync(servers.Nats);
        var subject = $"feed.{ServersFixture.NextPrefix()}.status";
        await PublishAsync(bus, subject, 0, 100);
        StreamPosition position;
        await using (var first = new Reading(bus.Reader, Streams.Feed, subject, StreamPosition.Beginning))
        {
            await Eventually.TrueAsync(() => first.Seen.Count == 100, "the first hundred are read");
            position = first.Position;
        }

        await PublishAsync(bus, subject, 100, 50);
        await using var second = new Reading(bus.Reader, Streams.Feed, subject, position);
        await Eventually.TrueAsync(() => second.Seen.Count == 50, "the rest is read");
        Assert.Equal("100", second.Seen[0]);
        Assert.False(second.Truncated);
    }

    [Fact]
    public async Task A_handler_that_throws_ends_the_reading_and_its_batch_counts_as_unread()
    {
        await using var bus = await TestBus.StartAsync(servers.Nats);
        var subject = $"feed.{ServersFixture.NextPrefix()}.status";
        await PublishAsync(bus, subject, 0, 10);
        await using var reading = new Reading(
            bus.Reader, Streams.Feed, subject, StreamPosition.Beginning, _ => throw new InvalidOperationException("the database said no"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => reading.Running);
        Assert.Equal(StreamPosition.Beginning, reading.Position);
    }

    [Fact]
    public async Task One_message_id_is_stored_once()
    {
        await using var bus = await TestBus.StartAsync(servers.Nats);
        var subject = Subjects.CandleMark(3, ServersFixture.NextPrefix());
        for (var i = 0; i < 20; i++) bus.Stored.TryPublish(subject, Text(i % 4), $"{subject}:{i % 4}");
        await bus.Stored.FlushAsync(NoStop);
        await using var reading = new Reading(bus.Reader, Streams.Candles, subject, StreamPosition.Beginning);
        await Eventually.TrueAsync(() => reading.Seen.Count >= 4, "the four are read");
        Assert.Equal(["0", "1", "2", "3"], reading.Seen);
    }

    [Fact]
    public async Task A_subject_that_may_hold_one_message_keeps_the_first_whoever_publishes()
    {
        await using var bus = await TestBus.StartAsync(servers.Nats);
        await using var other = await TestBus.StartAsync(servers.Nats);
        var subject = $"alerts.binance-futures.BTCUSDT.rule.{ServersFixture.NextPrefix()}";
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => (i % 2 == 0 ? bus : other).Once.PublishAsync(subject, Text(i), NoStop)));
        Assert.Equal(1, outcomes.Count(o => o == PublishOutcome.Stored));
        Assert.NotNull(await bus.Reader.LastAsync(Streams.Alerts, subject, NoStop));
        Assert.Null(await bus.Reader.LastAsync(Streams.Alerts, subject + "-other", NoStop));
    }

    [Fact]
    public async Task The_latest_of_each_subject_comes_first_and_then_what_follows()
    {
        await using var bus = await TestBus.StartAsync(servers.Nats);
        var prefix = ServersFixture.NextPrefix();
        for (var i = 0; i < 50; i++) bus.Stored.TryPublish($"metrics.closed.{prefix}.ex.S{i % 5}", Text(i));
        await bus.Stored.FlushAsync(NoStop);
        var seen = new List<string>();
        using var stop = new CancellationTokenSource();
        var reading = bus.Reader.ReadLatestAsync(
            Streams.Metrics,
            $"metrics.closed.{prefix}.>",
            (batch, _) =>
            {
                lock (seen) seen.AddRange(batch.Messages.Select(m => Encoding.UTF8.GetString(m.Data.Span)));
                return ValueTask.CompletedTask;
            },
            stop.Token);
        await Eventually.TrueAsync(() => Count(seen) == 5, "five subjects");
        bus.Stored.TryPublish($"metrics.closed.{prefix}.ex.S1", Text(99));
        await Eventually.TrueAsync(() => Count(seen) == 6, "the one that follows");
        Assert.Equal(["45", "46", "47", "48", "49", "99"], seen);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
    }

    private static int Count(List<string> seen)
    {
        lock (seen) return seen.Count;
    }

    internal static byte[] Text(int i) => Encoding.UTF8.GetBytes($"{i}");

    internal static async Task PublishAsync(TestBus bus, string subject, int first, int count)
    {
        for (var i = first; i < first + count; i++) Assert.True(bus.Stored.TryPublish(subject, Text(i)));
        await bus.Stored.FlushAsync(NoStop);
    }
}
