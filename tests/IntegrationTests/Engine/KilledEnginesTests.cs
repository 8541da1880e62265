using System.Globalization;
using CryptoScreener.Contracts.Alerts;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.Contracts.Rules;
using CryptoScreener.IntegrationTests.Messaging;
using CryptoScreener.IntegrationTests.Storage;
using CryptoScreener.LocalServers;
using CryptoScreener.LocalServers.Stack;
using CryptoScreener.Storage.Rules;
using CryptoScreener.Testing;
using Npgsql;
using Xunit.Abstractions;

namespace CryptoScreener.IntegrationTests.Engine;

/// <summary>
/// Two engines that are killed, frozen and stopped, and servers that go away, in random order: every alert of a bar's close is in the
/// stream and in the database exactly once, and what fires within a minute does so at most once in it.
/// </summary>
public sealed class KilledEnginesTests(ITestOutputHelper output)
{
    private const int Partitions = 4;
    private static readonly int Rounds = int.TryParse(Environment.GetEnvironmentVariable("SCREENER_FAULT_ROUNDS"), CultureInfo.InvariantCulture, out var rounds) ? rounds : 1;

    private static readonly RuleDefinition[] Rules =
    [
        Rule("close", new TriggerOptions { Mode = TriggerMode.OncePerBarClose, Bar = "1m" }),
        Rule("five", new TriggerOptions { Mode = TriggerMode.OncePerBarClose, Bar = "5m" }),
        Rule("enter", new TriggerOptions { Mode = TriggerMode.OnEnter, CooldownSeconds = 120 }),
        Rule("leave", new TriggerOptions { Mode = TriggerMode.OnExit }),
        Rule("often", new TriggerOptions { Mode = TriggerMode.Every, EverySeconds = 7 }),
        Rule("bar", new TriggerOptions { Mode = TriggerMode.OncePerBar, Bar = "1m" }),
    ];

    [Fact]
    public async Task Every_alert_of_a_bars_close_is_stored_exactly_once_whatever_is_taken_away()
    {
        var random = Seeded.Random(output);
        await using var nats = await LocalNats.StartAsync();
        await using var redis = await LocalRedis.StartAsync();
        await using var postgres = await LocalPostgres.StartAsync(ServersFixture.NewPostgres());
        await using var storage = new TestStorage(await postgres.CreateDatabaseAsync("kills"));
        foreach (var rule in Rules) await storage.Get<RuleStore>().AddAsync(rule, "test");
        await using var bus = await TestBus.StartAsync(nats, duplicateWindowSeconds: Faults.BusRemembersSeconds);
        await using var published = new PublishedAlerts(bus);
        var engines = Enumerable.Range(0, 2).Select(i => Engine($"evaluate-{i}", nats, redis, storage.ConnectionString)).ToList();
        foreach (var engine in engines) await engine.StartAsync(CancellationToken.None);
        var feed = new FrameFeed(bus, new Random(random.Next()), Partitions);
        await feed.NameColumnsAsync();

        using var end = new CancellationTokenSource();
        var feeding = FeedAsync(feed, end.Token);
        var faults = new Faults(random, output, engines, nats, redis, postgres);
        for (var round = 0; round < Rounds; round++) await faults.AllOnceAsync();
        await end.CancelAsync();
        await feeding;

        var expected = Expected(feed).ToHashSet();
        await Eventually.NoneAsync(() => expected.Except(published.All.Where(IsOfClose).Select(Name)).Take(5), "alerts are missing in the stream");
        await Eventually.TrueAsync(async () => (await RecordedAsync(storage)).Length >= expected.Count, "all are recorded");
        foreach (var engine in engines) await engine.DisposeAsync();

        output.WriteLine($"{feed.Closes.Count} closes, {expected.Count} alerts of closes, {published.All.Count(alert => !IsOfClose(alert))} other events");
        Assert.Equal(expected.Order(), published.All.Where(IsOfClose).Select(Name).Order());
        Assert.Equal(expected.Order(), (await RecordedAsync(storage)).Order());
        var within = published.All.Where(alert => alert.State == AlertState.Fired && !IsOfClose(alert)).ToList();
        Assert.Equal(["bar", "enter", "leave", "often"], within.Select(alert => alert.RuleId).Distinct().Order());
        Assert.All(within.GroupBy(alert => (alert.RuleId, alert.Symbol, MinuteOf(alert))), minute => Assert.Single(minute));
    }

    /// <summary>A minute of the exchange in a tenth of a second of ours.</summary>
    private static async Task FeedAsync(FrameFeed feed, CancellationToken end)
    {
        var minute = DateTimeOffset.UnixEpoch.AddDays(20_000).ToUnixTimeMilliseconds();
        for (; !end.IsCancellationRequested; minute += Timeframe.MinuteMs)
        {
            await feed.MinuteAsync(minute);
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, CancellationToken.None);
        }
    }

    private static IEnumerable<string> Expected(FrameFeed feed)
    {
        foreach (var ((id, minute), price) in feed.Closes.Where(close => close.Value > 100))
        {
            yield return $"close {id.Symbol} {minute}";
            if (minute / Timeframe.MinuteMs % 5 == 4) yield return $"five {id.Symbol} {minute - (4 * Timeframe.MinuteMs)}";
        }
    }

    private static bool IsOfClose(AlertEvent alert) => alert is { State: AlertState.Fired, RuleId: "close" or "five" };

    /// <summary>What these rules fire is named by its minute; a name of anything shorter would let it come twice in one.</summary>
    private static long MinuteOf(AlertEvent alert)
    {
        var minute = long.Parse(alert.TriggerKey, CultureInfo.InvariantCulture);
        Assert.Equal(0, minute % Timeframe.MinuteMs);
        return minute;
    }

    private static string Name(AlertEvent alert) => $"{alert.RuleId} {alert.Symbol} {alert.TriggerKey}";

    private static async Task<string[]> RecordedAsync(TestStorage storage)
    {
        try
        {
            return await storage.ScalarAsync<string[]>("""
                SELECT coalesce(array_agg(concat_ws(' ', rule_id, symbol, event ->> 'trigger_key')), '{}') FROM alerts WHERE state = 0 AND rule_id IN ('close', 'five')
                """);
        }
        catch (NpgsqlException)
        {
            return []; // our own connections were cut too
        }
    }

    private static RuleDefinition Rule(string id, TriggerOptions trigger) =>
        new() { Id = id, Version = 1, Name = id, RuleType = "custom", Expression = "price > 100", Trigger = trigger };

    private static LocalProgram Engine(string name, LocalNats nats, LocalRedis redis, string database)
    {
        var port = FreePort.Next();
        return new LocalProgram(name, "AlertEngine", port, Repository.PathOf("artifacts", "engines", name), new Dictionary<string, string>
        {
            ["Hosting__BindAddress"] = "127.0.0.1",
            ["Hosting__MetricsPort"] = $"{port}",
            ["Messaging__Url"] = nats.Url,
            ["Messaging__Partitions"] = $"{Partitions}",
            ["Messaging__StreamMegabytes"] = "64",
            ["Messaging__DuplicateWindowSeconds"] = $"{Faults.BusRemembersSeconds}",
            ["Storage__ConnectionString"] = database,
            ["Storage__Redis"] = redis.Configuration,
        }, ["--role=evaluate,record"]);
    }
}
