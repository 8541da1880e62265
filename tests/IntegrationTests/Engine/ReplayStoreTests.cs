using CryptoScreener.Contracts.Rules;
using CryptoScreener.IntegrationTests.Storage;
using CryptoScreener.Storage.Replays;
using CryptoScreener.Testing;

namespace CryptoScreener.IntegrationTests.Engine;

public sealed class ReplayStoreTests(ServersFixture servers) : IClassFixture<ServersFixture>
{
    private static readonly ReplayRequest Request = new()
    {
        Rules = [new RuleDefinition { Id = "r", Version = 2, Name = "A rule", RuleType = "custom", Expression = "price > 1" }],
        From = 60_000,
        To = 120_000,
        Symbols = ["BTCUSDT"],
        Seed = 7,
    };

    [Fact]
    public async Task A_replay_is_taken_once_beats_and_ends_with_its_result()
    {
        await using var storage = await TestStorage.CreateAsync(servers);
        var store = storage.Get<ReplayStore>();
        var id = await store.AddAsync("alice", Request);
        Assert.Equal((ReplayState.Queued, "alice", 0.0), await StateAsync(store, id!));

        var claimed = await store.ClaimAsync();
        Assert.Equal(id, claimed!.Id);
        Assert.Equivalent(Request, claimed.Request, strict: true);
        Assert.Null(await store.ClaimAsync());
        Assert.True(await store.BeatAsync(claimed, 0.25));
        Assert.Equal((ReplayState.Running, "alice", 0.25), await StateAsync(store, id!));
        Assert.True(await store.CompleteAsync(claimed, """{"rules": []}"""));
        Assert.False(await store.CompleteAsync(claimed, "{}"));
        var done = await store.FindAsync(id!);
        Assert.Equal((ReplayState.Done, 1.0, """{"rules": []}"""), (done!.State, done.Progress, done.Result));
        Assert.False(await store.CancelAsync(id!));
    }

    [Fact]
    public async Task A_claim_that_is_not_renewed_is_anothers_and_what_the_first_still_writes_is_lost()
    {
        await using var storage = await TestStorage.CreateAsync(servers);
        var store = storage.Get<ReplayStore>();
        await store.AddAsync(null, Request);
        var first = await store.ClaimAsync();
        await ExpireAsync(storage);
        var second = await store.ClaimAsync();
        Assert.Equal(first!.Id, second!.Id);
        Assert.False(await store.BeatAsync(first, 0.9));
        Assert.False(await store.FailAsync(first, "late"));
        Assert.True(await store.CompleteAsync(second, "{}"));
    }

    [Fact]
    public async Task A_replay_that_ends_engine_after_engine_is_given_up()
    {
        await using var storage = await TestStorage.CreateAsync(servers);
        var store = storage.Get<ReplayStore>();
        var id = await store.AddAsync(null, Request);
        for (var i = 0; i < 3; i++)
        {
            Assert.NotNull(await store.ClaimAsync());
            await ExpireAsync(storage);
        }

        Assert.Null(await store.ClaimAsync());
        Assert.Equal(ReplayState.Failed, (await store.FindAsync(id!))!.State);
    }

    [Fact]
    public async Task One_that_is_given_back_is_the_next_engines_at_once_and_counts_no_try()
    {
        await using var storage = await TestStorage.CreateAsync(servers);
        var store = storage.Get<ReplayStore>();
        await store.AddAsync(null, Request);
        for (var i = 0; i < 5; i++) Assert.True(await store.GiveBackAsync((await store.ClaimAsync())!));
    }

    [Fact]
    public async Task Cancelling_fences_the_engine_that_runs_it_and_an_owner_may_have_few_open()
    {
        await using var storage = await TestStorage.CreateAsync(servers);
        var store = storage.Get<ReplayStore>();
        for (var i = 0; i < ReplayStore.MostOpen; i++) Assert.NotNull(await store.AddAsync("alice", Request));
        Assert.Null(await store.AddAsync("alice", Request));
        Assert.NotNull(await store.AddAsync("bob", Request));

        var claimed = await store.ClaimAsync();
        Assert.True(await store.CancelAsync(claimed!.Id));
        Assert.False(await store.BeatAsync(claimed, 0.5));
        Assert.Equal(ReplayState.Cancelled, (await store.FindAsync(claimed.Id))!.State);
        Assert.NotNull(await store.AddAsync("alice", Request));
    }

    private static async Task<(ReplayState State, string? Owner, double Progress)> StateAsync(ReplayStore store, string id)
    {
        var replay = await store.FindAsync(id);
        return (replay!.State, replay.Owner, replay.Progress);
    }

    private static Task ExpireAsync(TestStorage storage) => storage.ExecuteAsync("UPDATE replays SET claimed_until = now() - interval '1 second'");
}
