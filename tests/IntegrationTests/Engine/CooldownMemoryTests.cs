using CryptoScreener.AlertEngine.RuleBook;
using CryptoScreener.AlertEngine.Suppression;
using CryptoScreener.Contracts.Alerts;
using CryptoScreener.Contracts.Rules;
using CryptoScreener.IntegrationTests.Storage;
using CryptoScreener.IntegrationTests.Storage.Records;
using CryptoScreener.LocalServers;
using CryptoScreener.Storage.Redis;
using CryptoScreener.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace CryptoScreener.IntegrationTests.Engine;

/// <summary>Two engines that know of each other's firings by Redis alone.</summary>
public sealed class CooldownMemoryTests(ServersFixture servers) : IClassFixture<ServersFixture>
{
    private readonly string _rule = ServersFixture.NextPrefix();

    [Fact]
    public async Task What_one_engine_fired_another_does_not_deliver_again_inside_the_cooldown()
    {
        await using var storage = Storage(servers.Redis);
        var (first, second) = (Memory(storage), Memory(storage));
        Assert.Null((await first.JudgeAsync(Fired("a", 0), At(0))).Suppressed);
        await first.RememberAsync(Fired("a", 0), At(0));

        Assert.Null((await second.JudgeAsync(Fired("a", 0), At(0))).Suppressed); // the same again, which the stream refuses
        Assert.Null((await second.JudgeAsync(Fired("before", -1), At(-1))).Suppressed); // while catching up
        var again = await second.JudgeAsync(Fired("b", 1), At(1));
        Assert.Equal(new AlertSuppression(SuppressionReason.Cooldown, "a"), again.Suppressed);
        await second.RememberAsync(again, At(1));
        Assert.Equal(again.Suppressed, (await first.JudgeAsync(Resolved("b", 2), At(2))).Suppressed);
        Assert.Null((await first.JudgeAsync(Resolved("a", 2), At(2))).Suppressed);
        Assert.Null((await first.JudgeAsync(Fired("c", 10), At(10))).Suppressed); // the cooldown of the first is over
    }

    [Fact]
    public async Task Without_redis_nothing_is_held_back_and_with_it_again_it_remembers()
    {
        await using var redis = await LocalRedis.StartAsync();
        await using var storage = Storage(redis);
        var memory = Memory(storage);
        await memory.RememberAsync(Fired("a", 0), At(0));
        await redis.KillAsync();
        Assert.Null((await memory.JudgeAsync(Fired("b", 1), At(1))).Suppressed);
        Assert.False(storage.Get<RedisState>().IsAvailable);
        await redis.StartAgainAsync();
        await Eventually.TrueAsync(async () => (await memory.JudgeAsync(Fired("b", 1), At(1))).Suppressed is not null, "Redis is asked again and remembers");
    }

    [Fact]
    public async Task A_cooldown_is_over_when_the_trigger_says_so_however_late_its_closes_were_said()
    {
        await using var storage = Storage(servers.Redis);
        var memory = Memory(storage);
        await memory.RememberAsync(Fired("a", 0, saidAfterMs: 40), At(0));
        Assert.NotNull((await memory.JudgeAsync(Fired("early", 10, saidAfterMs: 60), At(10) - 1)).Suppressed);
        Assert.Null((await memory.JudgeAsync(Fired("b", 10, saidAfterMs: 20), At(10))).Suppressed);
    }

    private static TestStorage Storage(LocalRedis redis) => new("Host=127.0.0.1;Port=1", ("Redis", redis.Configuration));

    private CooldownMemory Memory(TestStorage storage)
    {
        var rules = new RulesInForce(NullLogger<RulesInForce>.Instance);
        rules.Replace([new RuleDefinition
        {
            Id = _rule, Version = 2, Name = "A rule", RuleType = "custom", Expression = "price > 1", Trigger = new TriggerOptions { CooldownSeconds = 600 },
        }]);
        return new CooldownMemory(storage.Get<RedisState>(), rules, TimeProvider.System);
    }

    private static long At(int minute) => new DateTimeOffset(AlertEvents.Noon.AddMinutes(minute)).ToUnixTimeMilliseconds() - 1;

    private AlertEvent Fired(string id, int minute, int saidAfterMs = 0) =>
        AlertEvents.Alert(0).Event with { Id = id, RuleId = _rule, Timestamp = AlertEvents.Noon.AddMinutes(minute).AddMilliseconds(saidAfterMs) };

    private AlertEvent Resolved(string of, int minute) => Fired($"{of}-end", minute) with { State = AlertState.Resolved, Resolves = of };
}
