using CryptoScreener.LocalServers;
using CryptoScreener.Storage.Redis;
using CryptoScreener.Testing;

namespace CryptoScreener.IntegrationTests.Storage.Redis;

public sealed class RedisStateTests(ServersFixture servers) : IClassFixture<ServersFixture>
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Fact]
    public async Task Of_all_replicas_one_claims_a_key()
    {
        await using var one = Storage(servers.Redis);
        await using var two = Storage(servers.Redis);
        var key = ServersFixture.NextPrefix();
        var claims = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => (i % 2 == 0 ? one : two).Get<RedisState>().ClaimAsync(key, Hour)));
        Assert.Single(claims, claim => claim == true);
        Assert.Equal(19, claims.Count(claim => claim == false));
    }

    [Fact]
    public async Task Replicas_add_to_one_counter_that_starts_anew_with_its_window()
    {
        await using var one = Storage(servers.Redis);
        await using var two = Storage(servers.Redis);
        var key = ServersFixture.NextPrefix();
        Assert.Equal(5, await one.Get<RedisState>().AddAsync(key, 5, Hour));
        Assert.Equal(7, await two.Get<RedisState>().AddAsync(key, 2, Hour));
        var brief = ServersFixture.NextPrefix();
        await one.Get<RedisState>().AddAsync(brief, 5, TimeSpan.FromMilliseconds(1));
        await Eventually.TrueAsync(async () => await one.Get<RedisState>().AddAsync(brief, 1, TimeSpan.FromMilliseconds(1)) == 1, "a new window began");
    }

    [Fact]
    public async Task Values_are_kept_and_absent_ones_are_null()
    {
        await using var storage = Storage(servers.Redis);
        var key = ServersFixture.NextPrefix();
        Assert.Null(await storage.Get<RedisState>().GetAsync(key));
        Assert.True(await storage.Get<RedisState>().SetAsync(key, "v", Hour));
        Assert.Equal("v", await storage.Get<RedisState>().GetAsync(key));
    }

    [Fact]
    public async Task While_redis_is_away_answers_are_null_and_it_heals_by_itself()
    {
        await using var redis = await LocalRedis.StartAsync();
        await using var storage = Storage(redis);
        var state = storage.Get<RedisState>();
        Assert.True(await state.ClaimAsync("first", Hour));

        await redis.KillAsync();
        Assert.Null(await state.ClaimAsync("second", Hour));
        Assert.Null(await state.AddAsync("counter", 1, Hour));
        Assert.False(state.IsAvailable);

        await redis.StartAgainAsync();
        await Eventually.TrueAsync(async () => await state.ClaimAsync("first", Hour) == false, "Redis answers and remembers");
        Assert.True(state.IsAvailable);
    }

    [Fact]
    public async Task A_redis_that_hangs_is_waited_for_once_and_not_by_everyone_in_turn()
    {
        await using var redis = await LocalRedis.StartAsync();
        await using var storage = Storage(redis);
        var state = storage.Get<RedisState>();
        Assert.Equal(1, await state.AddAsync("counter", 1, Hour));

        await redis.FreezeAsync();
        Assert.Null(await state.AddAsync("counter", 1, Hour));
        for (var i = 0; i < 100; i++)
        {
            var asked = state.AddAsync("counter", 1, Hour);
            Assert.True(asked.IsCompletedSuccessfully, "the answer is there at once");
            Assert.Null(await asked);
        }

        await redis.ThawAsync();
        await Eventually.TrueAsync(() => state.IsAvailable, "Redis is found again although nobody asks");
        Assert.NotNull(await state.AddAsync("counter", 1, Hour));
    }

    [Fact]
    public async Task Nothing_is_added_while_another_number_is_higher()
    {
        await using var storage = Storage(servers.Redis);
        var state = storage.Get<RedisState>();
        var (key, hold) = (ServersFixture.NextPrefix(), ServersFixture.NextPrefix());
        Assert.Equal((5, 0), await state.AddUnlessHeldAsync(key, 5, Hour, hold, above: 100));
        await state.RaiseAsync(hold, 101, Hour);
        Assert.Equal((0, 101), await state.AddUnlessHeldAsync(key, 5, Hour, hold, above: 100));
        Assert.Equal((10, 101), await state.AddUnlessHeldAsync(key, 5, Hour, hold, above: 101));
    }

    [Fact]
    public async Task A_worker_that_starts_without_redis_finds_it_later()
    {
        await using var redis = await LocalRedis.StartAsync();
        await redis.StopAsync();
        await using var storage = Storage(redis);
        Assert.Null(await storage.Get<RedisState>().GetAsync("k"));
        await redis.StartAgainAsync();
        await Eventually.TrueAsync(async () => await storage.Get<RedisState>().SetAsync("k", "v", Hour) == true, "Redis answers");
    }

    [Fact]
    public async Task Without_a_configured_redis_every_answer_is_null()
    {
        await using var storage = new TestStorage("Host=unused");
        Assert.False(storage.Get<RedisState>().IsConfigured);
        Assert.Null(await storage.Get<RedisState>().ClaimAsync("k", Hour));
    }

    private static TestStorage Storage(LocalRedis redis) => new("Host=unused", ("Redis", redis.Configuration));
}
