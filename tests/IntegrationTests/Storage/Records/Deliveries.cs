using CryptoScreener.Storage.Delivery;
using CryptoScreener.Testing;

namespace CryptoScreener.IntegrationTests.Storage.Records;

/// <summary>A queue with two endpoints, "hook" and "chat", and a worker's steps on it.</summary>
internal static class Deliveries
{
    internal static async Task<TestStorage> CreateAsync(ServersFixture servers)
    {
        var storage = await TestStorage.CreateAsync(servers);
        foreach (var id in new[] { "hook", "chat" }) await storage.Get<EndpointStore>().EnsureAsync(Hook(id));
        return storage;
    }

    internal static Endpoint Hook(string id) => new() { Id = id, Name = id, Kind = "webhook", Url = "https://example.org/" };

    internal static Task<List<ClaimedDelivery>> ClaimAsync(TestStorage storage, Guid claim, int limit = 100, TimeSpan? holdFor = null, params string[] paused) =>
        storage.Get<DeliveryStore>().ClaimAsync(
            claim, [.. new[] { "hook", "chat" }.Except(paused).Select(id => new EndpointRoom(id, limit))], limit, holdFor ?? TimeSpan.FromHours(1));

    /// <summary>Claims what is due, writes one result, and lets go of the rest.</summary>
    internal static async Task CompleteOneAsync(TestStorage storage, DeliveryResult result)
    {
        var claim = Guid.NewGuid();
        await ClaimAsync(storage, claim);
        await storage.Get<DeliveryStore>().CompleteAsync(claim, [result]);
        await ReleaseAsync(storage, claim);
    }

    /// <summary>What waits, what of it is due, and what was given up.</summary>
    internal static async Task<(long Pending, long Due, long Dead)> CountsAsync(TestStorage storage) => (
        await storage.Get<DeliveryStore>().CountPendingAsync(),
        await storage.ScalarAsync<long>("SELECT count(*) FROM deliveries WHERE state = 0 AND due_at <= now()"),
        await storage.ScalarAsync<long>("SELECT count(*) FROM deliveries WHERE state = 2"));

    internal static Task ReleaseAsync(TestStorage storage, Guid claim) =>
        storage.ExecuteAsync($"UPDATE deliveries SET claim_id = NULL, claimed_until = NULL, due_at = now() WHERE claim_id = '{claim}' AND state = 0");
}
