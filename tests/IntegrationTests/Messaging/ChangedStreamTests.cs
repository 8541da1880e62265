using CryptoScreener.Contracts.Bus;
using CryptoScreener.LocalServers;
using CryptoScreener.Messaging.Reading;
using CryptoScreener.Testing;

namespace CryptoScreener.IntegrationTests.Messaging;

/// <summary>Each test has a server of its own, because it restarts it.</summary>
public sealed class ChangedStreamTests
{
    private const string Subject = "feed.exchange.status";

    // nats-server 2.9 keeps the time of its last restart as the stream's creation when the stream is changed then.
    [Fact]
    public async Task A_reader_goes_on_where_it_was_after_its_streams_settings_changed_and_the_server_restarted()
    {
        await using var nats = await LocalNats.StartAsync();
        StreamPosition position;
        await using (var before = await TestBus.StartAsync(nats))
        {
            position = await PublishAndReadAsync(before, StreamPosition.Beginning, 0, 100);
            await RestartAsync(nats, before);
        }

        await using var after = await TestBus.StartAsync(nats, duplicateWindowSeconds: 60);
        await RestartAsync(nats, after);
        Assert.Equal(150ul, (await PublishAndReadAsync(after, position, 100, 50)).Sequence);
    }

    [Fact]
    public async Task A_position_of_before_streams_were_stamped_is_still_good()
    {
        await using var nats = await LocalNats.StartAsync();
        await using var bus = await TestBus.StartAsync(nats);
        var position = await PublishAndReadAsync(bus, StreamPosition.Beginning, 0, 100);
        var stream = (await bus.Bus.JetStream.GetStreamAsync(Streams.Feed)).Info;
        Assert.Equal(stream.Created.ToUnixTimeMilliseconds(), position.StreamCreated);

        await RestartAsync(nats, bus);
        await bus.Bus.JetStream.UpdateStreamAsync(stream.Config with { Description = null });
        await using var upgraded = await TestBus.StartAsync(nats);
        await RestartAsync(nats, upgraded);
        Assert.Equal(150ul, (await PublishAndReadAsync(upgraded, position, 100, 50)).Sequence);
    }

    [Fact]
    public async Task Workers_that_start_at_once_agree_on_when_the_streams_were_made()
    {
        await using var nats = await LocalNats.StartAsync();
        var together = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => TestBus.StartAsync(nats)));
        var made = await Task.WhenAll(together.Select(async bus => (await bus.Reader.SpanAsync(Streams.Alerts, CancellationToken.None)).Created));
        Assert.Single(made.Distinct());
        foreach (var bus in together) await bus.DisposeAsync();
    }

    private static async Task RestartAsync(LocalNats nats, TestBus bus)
    {
        await nats.StopAsync();
        await Eventually.TrueAsync(() => !bus.Bus.IsUp, "the loss is noticed");
        await nats.StartAgainAsync();
        await Eventually.TrueAsync(() => bus.Bus.IsUp, "it is back");
    }

    /// <summary>What comes behind a position must be what was published behind it, and nothing of before.</summary>
    private static async Task<StreamPosition> PublishAndReadAsync(TestBus bus, StreamPosition position, int first, int count)
    {
        await StoredMessagesTests.PublishAsync(bus, Subject, first, count);
        await using var reading = new Reading(bus.Reader, Streams.Feed, Subject, position);
        await Eventually.TrueAsync(() => reading.Seen.Count >= count, "the rest is read");
        Assert.Equal(Enumerable.Range(first, count).Select(i => $"{i}"), reading.Seen);
        Assert.False(reading.Truncated);
        return reading.Position;
    }
}
