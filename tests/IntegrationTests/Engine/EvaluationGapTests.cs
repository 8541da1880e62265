using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text.Json;
using CryptoScreener.AlertEngine;
using CryptoScreener.Contracts.Alerts;
using CryptoScreener.Contracts.Bus;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.Contracts.Feed;
using CryptoScreener.Contracts.Json;
using CryptoScreener.Contracts.Rules;
using CryptoScreener.IntegrationTests.Messaging;
using CryptoScreener.IntegrationTests.Storage;
using CryptoScreener.LocalServers;
using CryptoScreener.Messaging.Reading;
using CryptoScreener.Storage.Rules;
using CryptoScreener.Testing;
using Xunit.Abstractions;

namespace CryptoScreener.IntegrationTests.Engine;

/// <summary>An engine that was away: what it finds late it records and does not deliver, and for what is gone nothing is made up.</summary>
public sealed class EvaluationGapTests(ServersFixture servers, ITestOutputHelper output) : IClassFixture<ServersFixture>
{
    private const int Partitions = 16;
    private static readonly long Start = DateTimeOffset.UnixEpoch.AddDays(20_000).ToUnixTimeMilliseconds();
    private static readonly RuleDefinition Close = new()
    {
        Id = "close",
        Version = 1,
        Name = "close",
        RuleType = "custom",
        Expression = "price > 100",
        Trigger = new TriggerOptions { Mode = TriggerMode.OncePerBarClose, Bar = "1m" },
    };

    [Fact]
    public async Task Minutes_that_the_stream_lost_fire_nothing_and_are_said_to_be_missing()
    {
        await using var nats = await LocalNats.StartAsync();
        await using var storage = await TestStorage.CreateAsync(servers);
        await storage.Get<RuleStore>().AddAsync(Close, "test");
        await using var bus = await TestBus.StartAsync(nats);
        await using var published = new PublishedAlerts(bus);
        using var gaps = new GapCounter();
        var feed = new FrameFeed(bus, Seeded.Random(output), Partitions);
        await feed.NameColumnsAsync();
        await using (await RunningEngine.StartAsync(nats, storage.ConnectionString, EngineRoles.Evaluate))
        {
            await FeedAsync(feed, 0, 5);
            await Eventually.NoneAsync(() => Expected(feed, 0, 5).Except(Keys(published)), "what the engine saw has fired");
            // Each partition's position is that of its last mark, and those are the last messages of the minutes sent so far.
            await Eventually.TrueAsync(
                async () => await storage.ScalarAsync<bool>($"SELECT count(*) = {Partitions} AND min(sequence) > max(sequence) - {Partitions} AND max(sequence) > 5 * {FrameFeed.Instruments.Count + Partitions} FROM checkpoints WHERE reader = 'evaluation'"),
                "all its positions are stored");
        }

        await FeedAsync(feed, 5, 10);
        await bus.Bus.Connection.RequestAsync<byte[], byte[]>("$JS.API.STREAM.PURGE.METRICS", []);
        await feed.NameColumnsAsync();
        await FeedAsync(feed, 10, 15);
        await using var engine = await RunningEngine.StartAsync(nats, storage.ConnectionString, EngineRoles.Evaluate);

        // The first minute after the hole is taken as it is.
        await Eventually.NoneAsync(() => Expected(feed, 11, 15).Except(Keys(published)), "it goes on behind the hole");
        Assert.Empty(Keys(published).Intersect(Expected(feed, 5, 11)));
        await using var said = new Reading(bus.Reader, Streams.Feed, Subjects.Feed(FrameFeed.Exchange, FeedKinds.EvaluationGap), StreamPosition.Beginning);
        await Eventually.TrueAsync(() => said.Seen.Count > 0, "the hole is said");
        var gap = JsonSerializer.Deserialize(said.Seen[0], ContractsJson.Default.EvaluationGapEvent)!;
        Assert.Equal((FrameFeed.Exchange, Start + (4 * Timeframe.MinuteMs)), (gap.Exchange, gap.After));
        Assert.True(gaps.Count > 0, "the metric counts it");
    }

    [Fact]
    public async Task What_an_engine_finds_long_after_it_happened_is_recorded_as_late_and_delivered_to_nobody()
    {
        await using var nats = await LocalNats.StartAsync();
        await using var storage = await TestStorage.CreateAsync(servers);
        await storage.Get<RuleStore>().AddAsync(Close, "test");
        await storage.Get<CryptoScreener.Storage.Delivery.EndpointStore>().SaveAsync(new() { Id = "hook", Name = "hook", Kind = "webhook", Url = "http://127.0.0.1:1/" });
        await using var bus = await TestBus.StartAsync(nats);
        var feed = new FrameFeed(bus, Seeded.Random(output), Partitions);
        await feed.NameColumnsAsync();
        await feed.MinuteAsync(Start); // of a day long ago
        await feed.MinuteAsync(Timeframe.OneMinute.OpenOf(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()));
        await using var engine = await RunningEngine.StartAsync(nats, storage.ConnectionString, EngineRoles.Evaluate | EngineRoles.Record);
        var expected = feed.Closes.Where(close => close.Value > 100).Select(close => close.Key.Minute == Start).ToList();

        await Eventually.TrueAsync(async () => await storage.ScalarAsync<long>("SELECT count(*) FROM alerts WHERE state = 0") == expected.Count, "all are recorded");
        Assert.Equal(expected.Count(late => late), await storage.ScalarAsync<long>("SELECT count(*) FROM alerts WHERE late AND state = 0"));
        Assert.Equal(expected.Count(late => !late), await storage.ScalarAsync<long>("SELECT count(*) FROM deliveries d JOIN alerts a ON a.id = d.alert_id WHERE a.state = 0"));
        Assert.Equal(0, await storage.ScalarAsync<long>("SELECT count(*) FROM deliveries d JOIN alerts a ON a.id = d.alert_id WHERE a.late"));
    }

    private static async Task FeedAsync(FrameFeed feed, int from, int to)
    {
        for (var i = from; i < to; i++) await feed.MinuteAsync(Start + (i * Timeframe.MinuteMs));
    }

    private static IEnumerable<string> Expected(FrameFeed feed, int from, int to) =>
        feed.Closes.Where(close => close.Value > 100 && close.Key.Minute >= Start + (from * Timeframe.MinuteMs) && close.Key.Minute < Start + (to * Timeframe.MinuteMs))
            .Select(close => $"{close.Key.Id.Symbol} {close.Key.Minute}");

    private static IEnumerable<string> Keys(PublishedAlerts published) =>
        published.All.Where(alert => alert.State == AlertState.Fired).Select(alert => $"{alert.Symbol} {alert.TriggerKey}");

    private sealed class GapCounter : IDisposable
    {
        private readonly MeterListener _listener = new();
        private readonly ConcurrentQueue<long> _counted = new();

        public GapCounter()
        {
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name == "alert_engine_evaluation_gaps") listener.EnableMeasurementEvents(instrument);
            };
            _listener.SetMeasurementEventCallback<long>((_, value, _, _) => _counted.Enqueue(value));
            _listener.Start();
        }

        public long Count => _counted.Sum();

        public void Dispose() => _listener.Dispose();
    }
}
