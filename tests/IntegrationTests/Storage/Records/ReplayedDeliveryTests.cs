using CryptoScreener.Storage.Alerts;
using CryptoScreener.Storage.Delivery;
using CryptoScreener.Testing;

namespace CryptoScreener.IntegrationTests.Storage.Records;

/// <summary>What is sent again.</summary>
public sealed class ReplayedDeliveryTests(ServersFixture servers) : IClassFixture<ServersFixture>
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Fact]
    public async Task What_was_delivered_or_given_up_is_due_again_under_its_id()
    {
        await using var storage = await Deliveries.CreateAsync(servers);
        await AlertEvents.RecordAsync(storage, [AlertEvents.Alert(1), AlertEvents.Alert(2)], new NewDelivery("alert-001", "hook"), new NewDelivery("alert-002", "hook"));
        var store = storage.Get<DeliveryStore>();
        var claim = Guid.NewGuid();
        var ids = (await Deliveries.ClaimAsync(storage, claim)).Select(delivery => delivery.Id).ToList();
        await store.CompleteAsync(claim, [new DeliveryResult(ids[0], DeliveryState.Dead, Hour), new DeliveryResult(ids[1], DeliveryState.Delivered, Hour)]);
        Assert.Equal((0, 0, 1), await Deliveries.CountsAsync(storage));

        Assert.Equal(1, await store.ReplayAsync("hook", 0, deadOnly: true));
        Assert.Equal([ids[0]], (await Deliveries.ClaimAsync(storage, Guid.NewGuid())).Select(delivery => delivery.Id));
        Assert.Equal(1, await store.ReplayAsync("hook", 0, deadOnly: false));
        Assert.Equal([ids[1]], (await Deliveries.ClaimAsync(storage, Guid.NewGuid())).Select(delivery => delivery.Id));
    }

    [Fact]
    public async Task A_replay_begins_the_schedule_and_the_age_anew_and_the_log_goes_on()
    {
        await using var storage = await Deliveries.CreateAsync(servers);
        await AlertEvents.RecordAsync(storage, [AlertEvents.Alert(1)], new NewDelivery("alert-001", "hook"));
        var id = new NewDelivery("alert-001", "hook").Id;
        await Deliveries.CompleteOneAsync(storage, new DeliveryResult(id, DeliveryState.Dead, Hour, 500));
        Assert.True(await storage.Get<DeliveryLog>().ReplayAsync(id));
        var claim = Guid.NewGuid();
        var once = Assert.Single(await Deliveries.ClaimAsync(storage, claim));
        Assert.Equal((0, true), (once.Attempts, once.IsReplay));
        Assert.True(once.WantedAt > new DateTimeOffset(AlertEvents.Alert(1).Event.Timestamp).ToUnixTimeMilliseconds());
        await storage.Get<DeliveryStore>().CompleteAsync(claim, [new DeliveryResult(id, DeliveryState.Dead, Hour, 500)]);

        Assert.Equal(1, await storage.Get<DeliveryStore>().ReplayAsync("hook", 0, deadOnly: true));
        Assert.Equal(0, Assert.Single(await Deliveries.ClaimAsync(storage, Guid.NewGuid())).Attempts);
        Assert.Equal([1, 2], (await storage.Get<DeliveryLog>().AttemptsAsync(id)).Select(attempt => attempt.Number));
    }

    [Fact]
    public async Task Test_sends_that_failed_are_not_sent_again_with_the_rest()
    {
        await using var storage = await Deliveries.CreateAsync(servers);
        var test = await storage.Get<DeliveryLog>().TestAsync("hook");
        await Deliveries.CompleteOneAsync(storage, new DeliveryResult(test!, DeliveryState.Dead, Hour, 500));

        Assert.Equal(0, await storage.Get<DeliveryStore>().ReplayAsync("hook", 0, deadOnly: false));
        Assert.True(await storage.Get<DeliveryLog>().ReplayAsync(test!)); // one by one its owner may
    }

    [Fact]
    public async Task Nothing_is_asked_for_again_of_an_endpoint_that_is_off()
    {
        await using var storage = await Deliveries.CreateAsync(servers);
        await AlertEvents.RecordAsync(storage, [AlertEvents.Alert(1)], new NewDelivery("alert-001", "hook"));
        await storage.Get<EndpointStore>().DisableAsync("hook", "answered 410");

        Assert.False(await storage.Get<DeliveryLog>().ReplayAsync(new NewDelivery("alert-001", "hook").Id));
        Assert.Equal(0, await storage.Get<DeliveryStore>().ReplayAsync("hook", 0, deadOnly: false));
        Assert.Equal(1, await storage.ScalarAsync<long>("SELECT count(*) FROM deliveries WHERE state = 2"));
    }
}
