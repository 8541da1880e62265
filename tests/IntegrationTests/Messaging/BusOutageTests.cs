using System.Diagnostics.Metrics;
using CryptoScreener.Contracts.Bus;
using CryptoScreener.LocalServers;
using CryptoScreener.Messaging.Publishing;
using CryptoScreener.Messaging.Reading;
using CryptoScreener.Testing;

namespace CryptoScreener.IntegrationTests.Messaging;

/// <summary>Each test has a server of its own, because it takes it away.</summary>
public sealed class BusOutageTests
{
    private const string Subject = "feed.exchange.status";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_is_published_while_the_bus_is_away_arrives_when_it_is_back_in_order_and_once(bool killed)
    {
        await using var nats = await LocalNats.StartAsync();
        await using var bus = await TestBus.StartAsync(nats);
        await using var reading = new Reading(bus.Reader, Streams.Feed, Subject, StreamPosition.Beginning);
        await StoredMessagesTests.PublishAsync(bus, Subject, 0, 200);
        await Eventually.TrueAsync(() => reading.Seen.Count == 200, "read before the outage");

        await (killed ? nats.KillAsync() : nats.StopAsync());
        await Eventually.TrueAsync(() => !bus.Bus.IsUp, "the loss is noticed");
        for (var i = 200; i < 400; i++) Assert.True(bus.Stored.TryPublish(Subject, StoredMessagesTests.Text(i), $"m{i}"));
        await nats.StartAgainAsync();
        await bus.Stored.FlushAsync(new CancellationTokenSource(TimeSpan.FromSeconds(60)).Token);

        await Eventually.TrueAsync(() => reading.Seen.Count >= 400, "read after the outage");
        Assert.Equal(Enumerable.Range(0, 400).Select(i => $"{i}"), reading.Seen);
    }

    [Fact]
    public async Task Publishes_that_an_absent_bus_does_not_take_are_counted()
    {
        await using var nats = await LocalNats.StartAsync();
        await using var bus = await TestBus.StartAsync(nats);
        using var errors = new MeteredSum(bus.Get<IMeterFactory>(), "nats_publish_errors");
        await nats.StopAsync();
        await Eventually.TrueAsync(() => !bus.Bus.IsUp, "the loss is noticed");

        Assert.True(bus.Stored.TryPublish(Subject, StoredMessagesTests.Text(1), "m1"));
        Assert.Equal(1, errors.Value);

        await bus.Core.PublishAsync(Subject, StoredMessagesTests.Text(2), CancellationToken.None);
        Assert.Equal(2, errors.Value);
    }

    [Fact]
    public async Task What_may_be_stored_once_is_stored_by_the_try_that_waited_out_a_long_outage()
    {
        await using var nats = await LocalNats.StartAsync();
        await using var bus = await TestBus.StartAsync(nats);
        await nats.StopAsync();
        await Eventually.TrueAsync(() => !bus.Bus.IsUp, "the loss is noticed");
        var publishing = bus.Once.PublishAsync("alerts.exchange.SYMBOL.rule.id", StoredMessagesTests.Text(1), CancellationToken.None);
        await Task.Delay(TimeSpan.FromSeconds(7), TimeProvider.System, CancellationToken.None); // longer than a request may take
        await nats.StartAgainAsync();
        Assert.Equal(PublishOutcome.Stored, await publishing);
    }

    [Fact]
    public async Task A_full_buffer_refuses_instead_of_growing_or_losing_silently()
    {
        await using var nats = await LocalNats.StartAsync();
        await using var bus = await TestBus.StartAsync(nats, publishBuffer: 100);
        await nats.StopAsync();
        await Eventually.TrueAsync(() => !bus.Bus.IsUp, "the loss is noticed");
        var accepted = Enumerable.Range(0, 2_000).Count(i => bus.Stored.TryPublish(Subject, StoredMessagesTests.Text(i), $"m{i}"));
        Assert.InRange(accepted, 100, 100 + 512); // the queue, and the batch that is being tried

        await nats.StartAgainAsync();
        await bus.Stored.FlushAsync(new CancellationTokenSource(TimeSpan.FromSeconds(60)).Token);
        await using var reading = new Reading(bus.Reader, Streams.Feed, Subject, StreamPosition.Beginning);
        await Eventually.TrueAsync(() => reading.Seen.Count >= accepted, "what was accepted arrives");
        Assert.Equal(accepted, reading.Seen.Count);
    }

    [Fact]
    public async Task A_bus_that_hangs_throws_at_no_publisher_of_what_may_be_lost_and_is_heard_again_afterwards()
    {
        const string live = "metrics.live.1.exchange.SYMBOL";
        await using var nats = await LocalNats.StartAsync();
        await using var bus = await TestBus.StartAsync(nats);
        using var stop = new CancellationTokenSource();
        var heard = 0;
        var listening = Task.Run(() => bus.Listener.ListenAsync(live, _ => Interlocked.Increment(ref heard), stop.Token));
        var payload = new byte[32 * 1024];
        await HearAsync();

        await nats.FreezeAsync();
        for (var i = 0; i < 500; i++) await bus.Core.PublishAsync(live, payload, CancellationToken.None); // far more than any buffer holds
        await nats.ThawAsync();
        heard = 0;
        await HearAsync();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => listening);

        Task HearAsync() => Eventually.TrueAsync(
            async () =>
            {
                await bus.Core.PublishAsync(live, payload, CancellationToken.None);
                return Volatile.Read(ref heard) > 0;
            },
            "what is said is heard");
    }

    [Fact]
    public async Task A_server_that_lost_its_disk_is_noticed_by_reader_and_publisher()
    {
        await using var nats = await LocalNats.StartAsync();
        await using var bus = await TestBus.StartAsync(nats);
        await StoredMessagesTests.PublishAsync(bus, Subject, 0, 50);
        await using var reading = new Reading(bus.Reader, Streams.Feed, Subject, StreamPosition.Beginning);
        await Eventually.TrueAsync(() => reading.Seen.Count == 50, "read before");

        await nats.StopAsync();
        Directory.Delete(nats.DataFolder, recursive: true);
        await nats.StartAgainAsync();
        await bus.Stored.FlushAsync(CancellationToken.None);
        for (var i = 50; i < 60; i++) bus.Stored.TryPublish(Subject, StoredMessagesTests.Text(i), $"m{i}");
        await Eventually.TrueAsync(() => reading.Seen.Count == 60, "the new stream is read from its beginning");
        Assert.True(reading.Truncated);
    }
}
