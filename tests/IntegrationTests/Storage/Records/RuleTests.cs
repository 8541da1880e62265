using CryptoScreener.Contracts.Rules;
using CryptoScreener.Storage.Rules;
using CryptoScreener.Testing;

namespace CryptoScreener.IntegrationTests.Storage.Records;

public sealed class RuleTests(ServersFixture servers) : IClassFixture<ServersFixture>
{
    [Fact]
    public async Task Built_in_rules_are_seeded_once_and_neither_changed_nor_deleted_ones_come_back()
    {
        await using var storage = await TestStorage.CreateAsync(servers);
        var store = storage.Get<RuleStore>();
        Assert.Equal(3, await store.SeedAsync([Rule("a"), Rule("b"), Rule("c")]));
        await store.ReplaceAsync(Rule("a") with { Enabled = false }, "alice");
        await store.DeleteAsync("b");

        Assert.Equal(0, await store.SeedAsync([Rule("a"), Rule("b"), Rule("c")]));

        Assert.Equal(["a", "c"], (await store.ListAsync()).Select(rule => rule.Id));
        Assert.Equal(["c"], (await store.ListAsync(enabledOnly: true)).Select(rule => rule.Id));
    }

    [Fact]
    public async Task A_rule_comes_back_as_it_was_saved_with_all_its_versions()
    {
        await using var storage = await TestStorage.CreateAsync(servers);
        var store = storage.Get<RuleStore>();
        var added = await store.AddAsync(Rule("mine") with { Owner = "alice", Endpoints = ["hook"], Universe = new RuleUniverse { Include = ["BTC*"] } }, "alice");
        var changed = await store.ReplaceAsync(added! with { Expression = "price > 2" }, "bob");

        Assert.Equal(2, changed!.Version);
        Assert.Equivalent(changed, await store.FindAsync("mine"), strict: true);
        Assert.Equivalent(new[] { changed, added }, await store.VersionsAsync("mine"), strict: true);
    }

    [Fact]
    public async Task Of_two_changes_to_one_version_the_first_wins()
    {
        await using var storage = await TestStorage.CreateAsync(servers);
        var store = storage.Get<RuleStore>();
        var rule = await store.AddAsync(Rule("mine"), null);
        var changes = await Task.WhenAll(Enumerable.Range(0, 5).Select(i => store.ReplaceAsync(rule! with { Name = $"change {i}" }, null)));
        Assert.Equal((await store.FindAsync("mine"))!.Name, Assert.Single(changes, change => change is not null)!.Name);
    }

    [Fact]
    public async Task A_deleted_id_can_be_used_again_and_its_versions_go_on()
    {
        await using var storage = await TestStorage.CreateAsync(servers);
        var store = storage.Get<RuleStore>();
        Assert.Equal(1, (await store.AddAsync(Rule("mine"), null))!.Version);
        Assert.Null(await store.AddAsync(Rule("mine"), null));
        Assert.True(await store.DeleteAsync("mine"));
        Assert.False(await store.DeleteAsync("mine"));
        Assert.Null(await store.FindAsync("mine"));
        Assert.Equal(2, (await store.AddAsync(Rule("mine"), null))!.Version); // alert ids carry the version
    }

    [Fact]
    public async Task Rules_that_cannot_run_are_told_until_they_can()
    {
        await using var storage = await TestStorage.CreateAsync(servers);
        await storage.Get<RuleStore>().SeedAsync([Rule("a"), Rule("b")]);
        var faults = storage.Get<RuleFaultStore>();
        await faults.ReplaceAsync([new FaultyRule("b", 1, "unknown metric"), new FaultyRule("a", 1, "no number"), new FaultyRule("deleted", 1, "")]);
        Assert.Equal([new FaultyRule("a", 1, "no number"), new FaultyRule("b", 1, "unknown metric")], await faults.ListAsync());
        await faults.ReplaceAsync([new FaultyRule("b", 2, "unknown function")]);
        Assert.Equal([new FaultyRule("b", 2, "unknown function")], await faults.ListAsync());
        await faults.ReplaceAsync([]);
        Assert.Empty(await faults.ListAsync());
    }

    private static RuleDefinition Rule(string id) => new() { Id = id, Version = 1, Name = id, RuleType = "custom", Expression = "price > 1" };
}
