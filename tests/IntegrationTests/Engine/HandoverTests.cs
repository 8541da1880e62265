using System.Globalization;
using CryptoScreener.AlertEngine;
using CryptoScreener.Contracts.Alerts;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.Contracts.Instruments;
using CryptoScreener.Contracts.Rules;
using CryptoScreener.IntegrationTests.Messaging;
using CryptoScreener.IntegrationTests.Storage;
using CryptoScreener.LocalServers;
using CryptoScreener.Storage.Rules;
using CryptoScreener.Testing;
using Xunit.Abstractions;

namespace CryptoScreener.IntegrationTests.Engine;

/// <summary>An engine that is stopped, not killed: whoever goes on knows all it knew.</summary>
public sealed class HandoverTests(ServersFixture servers, ITestOutputHelper output) : IClassFixture<ServersFixture>
{
    private const int Partitions = 16;
    private static readonly long Start = DateTimeOffset.UnixEpoch.AddDays(20_000).ToUnixTimeMilliseconds();
    private static readonly InstrumentId Coin = FrameFeed.Instruments[0];

    private static readonly RuleDefinition[] Rules =
    [
        Rule("enter", "price > 100", new TriggerOptions { RearmSeconds = 300 }),
        Rule("other", "price < 100", new TriggerOptions()), // tells that a frame was heard of which the first says nothing
    ];

    [Fact]
    public async Task What_fired_within_a_minute_does_not_fire_again_at_the_successor_and_ends_there()
    {
        await using var nats = await LocalNats.StartAsync();
        await using var storage = await TestStorage.CreateAsync(servers);
        foreach (var rule in Rules) await storage.Get<RuleStore>().AddAsync(rule, "test");
        await using var bus = await TestBus.StartAsync(nats);
        await using var published = new PublishedAlerts(bus);
        var feed = new FrameFeed(bus, Seeded.Random(output), Partitions);
        await feed.NameColumnsAsync();
        List<AlertEvent> Of(string rule) => [.. published.All.Where(alert => alert.RuleId == rule && alert.Symbol == Coin.Symbol)];
        bool Fired(string rule, int minute) => Of(rule).Exists(
            alert => alert.State == AlertState.Fired && alert.TriggerKey == Minute(minute).ToString(CultureInfo.InvariantCulture));

        await using (await RunningEngine.StartAsync(nats, storage.ConnectionString, EngineRoles.Evaluate))
        {
            await feed.ClosedAsync(Minute(0), 99);
            await Eventually.TrueAsync(() => Fired("other", 0), "the first minute is evaluated");
            await LiveUntilAsync(feed, 1, second: 20, price: 101, () => Fired("enter", 1));
            await LiveUntilAsync(feed, 1, second: 40, price: 99, () => Fired("other", 1));
        }

        await feed.ClosedAsync(Minute(1), 99);
        await using var successor = await RunningEngine.StartAsync(nats, storage.ConnectionString, EngineRoles.Evaluate);
        var second = DateTimeOffset.FromUnixTimeMilliseconds(Minute(2)).UtcDateTime;
        await LiveUntilAsync(feed, 2, second: 20, price: 101, () => published.All.Any(alert => alert.Symbol == Coin.Symbol && alert.Timestamp >= second));
        for (var minute = 2; minute < 10; minute++) await feed.ClosedAsync(Minute(minute), 99);

        await Eventually.TrueAsync(() => Of("enter").Exists(alert => alert.State == AlertState.Resolved), "it ends");
        var events = Of("enter");
        Assert.Equal([AlertState.Fired, AlertState.Resolved], events.Select(alert => alert.State));
        Assert.Equal(events[0].Id, events[1].Resolves);
    }

    private static Task LiveUntilAsync(FrameFeed feed, int minute, int second, double price, Func<bool> isHeard) => Eventually.TrueAsync(
        async () =>
        {
            await feed.LiveAsync(Coin, Minute(minute), second * 1_000L, price);
            return isHeard();
        },
        $"a price of {price} is heard in minute {minute}");

    private static long Minute(int index) => Start + (index * Timeframe.MinuteMs);

    private static RuleDefinition Rule(string id, string expression, TriggerOptions trigger) =>
        new() { Id = id, Version = 1, Name = id, RuleType = "custom", Expression = expression, Trigger = trigger };
}
