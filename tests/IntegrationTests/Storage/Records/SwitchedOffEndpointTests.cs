using CryptoScreener.Storage.Alerts;
using CryptoScreener.Storage.Delivery;
using CryptoScreener.Testing;

namespace CryptoScreener.IntegrationTests.Storage.Records;

/// <summary>What becomes of deliveries to endpoints that are off, and of the note since when nothing came through.</summary>
public sealed class SwitchedOffEndpointTests(ServersFixture servers) : IClassFixture<ServersFixture>
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Fact]
    public async Task What_comes_for_an_endpoint_after_it_was_switched_off_is_given_up_and_can_be_replayed()
    {
        await using var storage = await Deliveries.CreateAsync(servers);
        var (endpoints, deliveries) = (storage.Get<EndpointStore>(), storage.Get<DeliveryStore>());
        await AlertEvents.RecordAsync(storage, [AlertEvents.Alert(1)], new NewDelivery("alert-001", "hook"), new NewDelivery("alert-001", "chat"));
        Assert.Equal(2, (await Deliveries.ClaimAsync(storage, Guid.NewGuid(), holdFor: TimeSpan.Zero)).Count); // by a worker that then died
        await endpoints.DisableAsync("chat", "410 Gone");
        await AlertEvents.RecordAsync(storage, [AlertEvents.Alert(2)], new NewDelivery("alert-002", "chat")); // routed a moment before

        Assert.Equal(2, await deliveries.GiveUpForDisabledAsync());
        Assert.Equal(0, await deliveries.GiveUpForDisabledAsync());
        Assert.Equal((1, 1, 2), await Deliveries.CountsAsync(storage));

        await endpoints.SaveAsync(Deliveries.Hook("chat"));
        Assert.Equal(2, await deliveries.ReplayAsync("chat", 0, deadOnly: true));
    }

    [Fact]
    public async Task A_paused_endpoint_keeps_what_comes_and_a_disabled_one_turns_it_into_dead_letters()
    {
        await using var storage = await Deliveries.CreateAsync(servers);
        var endpoints = storage.Get<EndpointStore>();
        await AlertEvents.RecordAsync(storage, [AlertEvents.Alert(1)], new NewDelivery("alert-001", "hook"), new NewDelivery("alert-001", "chat"));
        await endpoints.SaveAsync(Deliveries.Hook("hook") with { Paused = true });
        Assert.True(await endpoints.DisableAsync("chat", "410 Gone"));
        Assert.False(await endpoints.DisableAsync("chat", "410 Gone"));

        Assert.Empty(await Deliveries.ClaimAsync(storage, Guid.NewGuid()));
        Assert.Equal((1, 1, 1), await Deliveries.CountsAsync(storage));
        Assert.Equal(1, await storage.ScalarAsync<long>("SELECT count(*) FROM audit WHERE action = 'endpoint.disabled' AND subject = 'chat'"));

        await endpoints.SaveAsync(Deliveries.Hook("hook"));
        Assert.Single(await Deliveries.ClaimAsync(storage, Guid.NewGuid()));
    }

    [Fact]
    public async Task What_says_nothing_of_the_endpoint_neither_begins_nor_ends_the_days_in_which_it_failed()
    {
        await using var storage = await Deliveries.CreateAsync(servers);
        var id = await storage.Get<DeliveryLog>().TestAsync("hook");
        await Deliveries.CompleteOneAsync(storage, new DeliveryResult(id!, DeliveryState.Dead, Hour, 500));
        Assert.Null((await storage.Get<EndpointStore>().FindAsync("hook"))!.FailingSince);

        await AlertEvents.RecordAsync(storage, [AlertEvents.Alert(1), AlertEvents.Alert(2)], new NewDelivery("alert-001", "hook"), new NewDelivery("alert-002", "hook"));
        await Deliveries.CompleteOneAsync(storage, new DeliveryResult(new NewDelivery("alert-001", "hook").Id, DeliveryState.Pending, Hour, 503, RetryAfter: Hour, EndpointIsWell: false));
        await Deliveries.CompleteOneAsync(storage, new DeliveryResult(new NewDelivery("alert-002", "hook").Id, DeliveryState.Dead, Hour, 422));
        Assert.NotNull((await storage.Get<EndpointStore>().FindAsync("hook"))!.FailingSince);
    }
}
