using CryptoScreener.Storage.Delivery;
using CryptoScreener.Testing;

namespace CryptoScreener.IntegrationTests.Storage.Records;

/// <summary>Endpoints as they are stored, and what of them changes.</summary>
public sealed class EndpointStoreTests(ServersFixture servers) : IClassFixture<ServersFixture>
{
    [Fact]
    public async Task Endpoints_are_kept_as_they_were_saved()
    {
        await using var storage = await Deliveries.CreateAsync(servers);
        var store = storage.Get<EndpointStore>();
        var hook = Deliveries.Hook("hook") with { Owner = "alice", Secrets = ["new", "old"], Settings = """{"timeout": 5}""" };
        await store.SaveAsync(hook);
        await store.EnsureAsync(Deliveries.Hook("hook")); // from the configuration: the stored one counts
        await store.DisableAsync("chat", "410 Gone");

        var stored = await store.ListAsync();
        Assert.Equivalent(hook, stored.Single(endpoint => endpoint.Id == "hook"), strict: true);
        Assert.Equal((false, "410 Gone"), stored.Where(endpoint => endpoint.Id == "chat").Select(endpoint => (endpoint.Enabled, endpoint.DisabledReason)).Single());
        Assert.Equal([true, false], stored.OrderBy(endpoint => endpoint.Id, StringComparer.Ordinal).Select(endpoint => endpoint.DisabledAt is not null));
        await store.SaveAsync(Deliveries.Hook("chat")); // its owner mended it
        Assert.Null((await store.FindAsync("chat"))!.DisabledAt);
        Assert.True(await store.DeleteAsync("chat"));
        Assert.False(await store.DeleteAsync("chat"));
    }

    [Fact]
    public async Task Routing_knows_an_endpoint_whose_key_is_not_here()
    {
        await using var storage = await Deliveries.CreateAsync(servers);
        await storage.ExecuteAsync("UPDATE endpoints SET url = 'sealed.v1.new-key.AAAA' WHERE id = 'hook'");
        Assert.Equal(["chat", "hook"], (await storage.Get<EndpointStore>().RoutesAsync()).Select(route => route.Id));
        Assert.True((await storage.Get<EndpointStore>().FindAsync("hook"))!.IsLocked);
    }

    [Fact]
    public async Task A_change_writes_what_was_asked_for_and_leaves_what_others_changed_meanwhile()
    {
        await using var storage = await Deliveries.CreateAsync(servers);
        var store = storage.Get<EndpointStore>();
        var stale = new EndpointChange("renamed", """{"concurrency":2}"""); // by somebody who read it before all of this
        await Task.WhenAll(store.RotateSecretAsync("hook", "one"), store.RotateSecretAsync("hook", "two"));
        await store.SetPausedAsync("hook", true);
        await store.ChangeAsync("hook", new EndpointChange("moved", "{}", Url: "https://moved.example/"));
        Assert.True(await store.ChangeAsync("hook", stale));

        var stored = (await store.FindAsync("hook"))!;
        Assert.Equal(["one", "two"], stored.Secrets.Order()); // whoever was second, both were told a secret that signs
        Assert.Equal(("renamed", "https://moved.example/", """{"concurrency": 2}""", true), (stored.Name, stored.Url, stored.Settings, stored.Paused));
        Assert.True(await store.DeleteAsync("hook"));
        Assert.False(await store.ChangeAsync("hook", stale)); // and does not come back
        Assert.False(await store.RotateSecretAsync("hook", "three"));
    }

    [Fact]
    public async Task A_change_without_receivers_keeps_those_that_are_stored()
    {
        await using var storage = await Deliveries.CreateAsync(servers);
        var store = storage.Get<EndpointStore>();
        await store.SaveAsync(Deliveries.Hook("chat") with { Kind = "telegram", Settings = """{"chat_id":"42","concurrency":3}""" });
        await store.ChangeAsync("chat", new EndpointChange("chat", """{"chat_id":"41"}""", KeepsReceivers: true));
        Assert.Equal("""{"chat_id": "42"}""", (await store.FindAsync("chat"))!.Settings);
    }

    [Fact]
    public async Task Every_change_of_an_endpoint_is_counted_and_results_that_say_nothing_new_are_not()
    {
        await using var storage = await Deliveries.CreateAsync(servers);
        var (store, counts) = (storage.Get<EndpointStore>(), new List<long>());
        await NoteAsync(store.SetPausedAsync("hook", true));
        await NoteAsync(store.SetPausedAsync("hook", false));
        await NoteAsync(store.RotateSecretAsync("hook", "new"));
        await NoteAsync(store.DisableAsync("hook", "410"));
        await NoteAsync(store.SaveAsync(Deliveries.Hook("hook")));
        await NoteAsync(storage.Get<DeliveryLog>().TestAsync("hook"));
        await NoteAsync(Deliveries.CompleteOneAsync(storage, new DeliveryResult(await IdAsync(), DeliveryState.Delivered, TimeSpan.Zero, 204, EndpointIsWell: true)));
        await NoteAsync(store.DeleteAsync("hook"));

        Assert.Equal([1, 1, 1, 1, 0, 0, 1], counts.Zip(counts.Skip(1), (before, after) => after - before));

        async Task NoteAsync(Task change)
        {
            await change;
            counts.Add(await store.ChangesAsync());
        }

        Task<string> IdAsync() => storage.ScalarAsync<string>("SELECT id FROM deliveries");
    }
}
