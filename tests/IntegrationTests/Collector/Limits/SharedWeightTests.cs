using CryptoScreener.Contracts.Candles;
using CryptoScreener.DataCollector.Exchanges.Limits;
using CryptoScreener.IntegrationTests.Storage;
using CryptoScreener.Storage.Redis;
using CryptoScreener.Testing;

namespace CryptoScreener.IntegrationTests.Collector.Limits;

/// <summary>Two collectors behind one address, each with its own connection to Redis.</summary>
public sealed class SharedWeightTests(ServersFixture servers) : IClassFixture<ServersFixture>
{
    private const int Limit = 100;
    private readonly ManualTime _time = new();
    private readonly string _exchange = ServersFixture.NextPrefix();

    [Fact]
    public async Task What_one_collector_has_spent_the_other_waits_for()
    {
        await using var one = Storage();
        await using var two = Storage();
        var (ours, theirs) = (Budget(one), Budget(two));
        await ours.SpendAsync(60, CancellationToken.None);
        await theirs.SpendAsync(40, CancellationToken.None); // of which each knows: together they may not spend more
        var late = PassedAtAsync(theirs, 1);
        var spare = PassedAtAsync(ours, 1);
        await Eventually.TrueAsync(async () => await SpentAsync(one) == "102", "both have asked");

        var next = _time.GetUtcNow().AddMinutes(1);
        _time.Advance(TimeSpan.FromSeconds(59));
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.True(await late >= next);
        Assert.True(await spare >= next);
    }

    [Fact]
    public async Task Whatever_they_ask_for_together_stays_within_the_limit()
    {
        await using var one = Storage();
        await using var two = Storage();
        var passed = 0;
        var requests = new[] { Budget(one), Budget(two) }.SelectMany(budget => Enumerable.Repeat(budget, 20)).Select(async budget =>
        {
            await budget.SpendAsync(7, CancellationToken.None);
            Interlocked.Add(ref passed, 7);
        }).ToList();
        await Eventually.TrueAsync(async () => await SpentAsync(one) == "112", "fourteen requests have passed, and each collector has asked for one too many");
        Assert.Equal(98, passed);

        while (requests.Exists(request => !request.IsCompleted))
        {
            _time.Advance(TimeSpan.FromMinutes(1));
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }
    }

    [Fact]
    public async Task A_pause_that_the_exchange_told_one_collector_the_other_keeps()
    {
        await using var one = Storage();
        await using var two = Storage();
        var (ours, theirs) = (Budget(one), Budget(two));
        await ours.PauseAsync(TimeSpan.FromSeconds(150));
        var end = _time.GetUtcNow().AddSeconds(150);
        var late = PassedAtAsync(theirs, 1);
        var spare = SpareAtAsync(theirs);
        while (!(late.IsCompleted && spare.IsCompleted))
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
        }

        Assert.True(await late >= end);
        Assert.True(await spare >= end);
    }

    [Fact]
    public async Task A_short_pause_that_one_was_told_does_not_end_a_longer_one_of_another()
    {
        await using var storage = Storage();
        await Budget(storage).PauseAsync(TimeSpan.FromSeconds(120)); // a ban
        await Budget(storage).PauseAsync(TimeSpan.FromSeconds(3)); // somebody whose request was on its way
        var shared = new SharedWeight(storage.Get<RedisState>(), _exchange);
        Assert.Equal(120, await PausedSecondsAsync());
        await Budget(storage).PauseAsync(TimeSpan.FromSeconds(200));
        Assert.Equal(200, await PausedSecondsAsync());

        async Task<long> PausedSecondsAsync()
        {
            var now = _time.GetUtcNow().ToUnixTimeMilliseconds();
            return ((await shared.SpendAsync(1, 0, Timeframe.MinuteMs, now))!.Value.PausedUntil - now) / 1_000;
        }
    }

    [Fact]
    public async Task While_redis_is_away_each_counts_for_itself()
    {
        await using var one = Storage("127.0.0.1:1");
        await using var two = Storage("127.0.0.1:1");
        var (ours, theirs) = (Budget(one), Budget(two));
        await ours.SpendAsync(Limit, CancellationToken.None);
        await theirs.SpendAsync(Limit, CancellationToken.None);
        var late = PassedAtAsync(theirs, 1);
        Assert.False(late.IsCompleted);
        var next = _time.GetUtcNow().AddMinutes(1);
        _time.Advance(TimeSpan.FromMinutes(1) + TimeSpan.FromMilliseconds(1));
        Assert.True(await late >= next);
    }

    private TestStorage Storage(string? redis = null) => new("Host=127.0.0.1;Database=unused", ("Redis", redis ?? servers.Redis.Configuration));

    private WeightBudget Budget(TestStorage storage) => new(Limit, _time, shared: new SharedWeight(storage.Get<RedisState>(), _exchange));

    private Task<string?> SpentAsync(TestStorage storage)
    {
        var window = _time.GetUtcNow().ToUnixTimeMilliseconds() / Timeframe.MinuteMs;
        return storage.Get<RedisState>().GetAsync($"collector:weight:{_exchange}:{Timeframe.MinuteMs}:{window}");
    }

    private async Task<DateTimeOffset> SpareAtAsync(WeightBudget budget)
    {
        await budget.SpendSpareAsync(1, CancellationToken.None);
        return _time.GetUtcNow();
    }

    private async Task<DateTimeOffset> PassedAtAsync(WeightBudget budget, int weight)
    {
        await budget.SpendAsync(weight, CancellationToken.None);
        return _time.GetUtcNow();
    }
}
