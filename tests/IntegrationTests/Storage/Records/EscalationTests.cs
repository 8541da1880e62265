using CryptoScreener.Contracts.Alerts;
using CryptoScreener.Storage.Alerts;
using CryptoScreener.Storage.Delivery;
using CryptoScreener.Testing;

namespace CryptoScreener.IntegrationTests.Storage.Records;

/// <summary>Steps, acknowledgements and ends: what is told to whom, and when.</summary>
public sealed class EscalationTests(ServersFixture servers) : IClassFixture<ServersFixture>
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Fact]
    public async Task Escalations_wait_and_paused_endpoints_are_left_out()
    {
        await using var storage = await Deliveries.CreateAsync(servers);
        await AlertEvents.RecordAsync(storage, [AlertEvents.Alert(1)], new NewDelivery("alert-001", "hook", Hour), new NewDelivery("alert-001", "chat"));
        Assert.Empty(await Deliveries.ClaimAsync(storage, Guid.NewGuid(), paused: "chat"));
        Assert.Equal(["chat"], (await Deliveries.ClaimAsync(storage, Guid.NewGuid())).Select(delivery => delivery.EndpointId));
    }

    [Fact]
    public async Task An_acknowledgement_ends_the_escalation_and_is_told_to_those_who_heard_of_the_alert()
    {
        await using var storage = await Deliveries.CreateAsync(servers);
        await AlertEvents.RecordAsync(
            storage, [AlertEvents.Alert(1)], new NewDelivery("alert-001", "hook"), new NewDelivery("alert-001", "chat", Hour, Step: 1));
        var claim = Guid.NewGuid();
        var first = Assert.Single(await Deliveries.ClaimAsync(storage, claim));
        await storage.Get<DeliveryStore>().CompleteAsync(claim, [new DeliveryResult(first.Id, DeliveryState.Delivered, Hour)]);

        Assert.True(await storage.Get<AlertStore>().AcknowledgeAsync("alert-001", "alice"));
        Assert.False(await storage.Get<AlertStore>().AcknowledgeAsync("alert-001", "bob"));

        var told = Assert.Single(await Deliveries.ClaimAsync(storage, Guid.NewGuid()));
        Assert.Equal(("hook", DeliveryEvent.Acknowledged), (told.EndpointId, told.Event));
        Assert.NotEqual(first.Id, told.Id);
        Assert.Equal(DeliveryState.Cancelled, Assert.Single(await storage.Get<DeliveryLog>().ListAsync("chat", null, null, 10)).State);
    }

    [Fact]
    public async Task The_end_of_what_fired_ends_its_escalation()
    {
        await using var storage = await Deliveries.CreateAsync(servers);
        await AlertEvents.RecordAsync(storage, [AlertEvents.Alert(1)], new NewDelivery("alert-001", "chat", Hour, Step: 1));
        var resolved = AlertEvents.Alert(2);
        await AlertEvents.RecordAsync(storage, [resolved with { Event = resolved.Event with { Resolves = "alert-001" } }]);

        Assert.Equal(DeliveryState.Cancelled, Assert.Single(await storage.Get<DeliveryLog>().ListAsync("chat", null, null, 10)).State);
    }

    [Fact]
    public async Task An_end_waits_for_its_beginning_and_reaches_those_who_heard_by_a_later_step()
    {
        await using var storage = await Deliveries.CreateAsync(servers);
        await storage.Get<EndpointStore>().EnsureAsync(Deliveries.Hook("late"));
        await AlertEvents.RecordAsync(
            storage, [AlertEvents.Alert(1)],
            new NewDelivery("alert-001", "hook"), new NewDelivery("alert-001", "chat", TimeSpan.Zero, Step: 1), new NewDelivery("alert-001", "late", Hour, Step: 2));
        var begun = Guid.NewGuid();
        var fired = await Deliveries.ClaimAsync(storage, begun);
        Assert.Equal(["chat", "hook"], fired.Select(delivery => delivery.EndpointId).Order());
        var end = AlertEvents.Alert(2);
        await AlertEvents.RecordAsync(
            storage, [end with { Event = end.Event with { State = AlertState.Resolved, Resolves = "alert-001" } }], new NewDelivery("alert-002", "hook", Follows: "alert-001"));

        Assert.Empty(await Deliveries.ClaimAsync(storage, Guid.NewGuid())); // both beginnings are still under way
        await storage.Get<DeliveryStore>().CompleteAsync(begun, [.. fired.Select(delivery => new DeliveryResult(delivery.Id, DeliveryState.Delivered, Hour))]);

        var ends = await Deliveries.ClaimAsync(storage, Guid.NewGuid());
        Assert.Equal([("chat", "alert-002"), ("hook", "alert-002")], ends.Select(delivery => (delivery.EndpointId, delivery.Alert!.Id)).Order());
        Assert.Equal(DeliveryState.Cancelled, Assert.Single(await storage.Get<DeliveryLog>().ListAsync("late", null, null, 10)).State);
    }

    [Fact]
    public async Task An_escalation_and_an_acknowledgement_are_as_old_as_they_are_due_and_not_as_the_alert()
    {
        await using var storage = await Deliveries.CreateAsync(servers); // the alert itself is of another day
        await AlertEvents.RecordAsync(storage, [AlertEvents.Alert(1)], new NewDelivery("alert-001", "hook"), new NewDelivery("alert-001", "chat", TimeSpan.Zero, Step: 1));
        var first = Guid.NewGuid();
        var fired = await Deliveries.ClaimAsync(storage, first);
        await storage.Get<DeliveryStore>().CompleteAsync(first, [.. fired.Select(delivery => new DeliveryResult(delivery.Id, DeliveryState.Delivered, Hour))]);
        await storage.Get<AlertStore>().AcknowledgeAsync("alert-001", "alice");
        var told = await Deliveries.ClaimAsync(storage, Guid.NewGuid());

        var at = AlertEvents.Alert(1).Event.Timestamp;
        var since = await storage.ScalarAsync<DateTime>("SELECT min(created_at) FROM deliveries");
        DateTime Wanted(ClaimedDelivery delivery) => DateTimeOffset.FromUnixTimeMilliseconds(delivery.WantedAt).UtcDateTime;
        Assert.Equal(at, Wanted(fired.Single(delivery => delivery.EndpointId == "hook")));
        Assert.InRange(Wanted(fired.Single(delivery => delivery.EndpointId == "chat")), since.AddMilliseconds(-1), DateTime.MaxValue);
        Assert.All(told, delivery => Assert.InRange(Wanted(delivery), since.AddMilliseconds(-1), DateTime.MaxValue));
        Assert.All(told, delivery => Assert.Equal((AlertState.Acknowledged, "alert-001", "alice"), (delivery.Alert!.State, delivery.Alert.Acknowledges, delivery.Alert.AcknowledgedBy)));
        Assert.All(told, delivery => Assert.InRange(delivery.Alert!.Timestamp, since.AddMilliseconds(-1), DateTime.MaxValue));
    }

    [Fact]
    public async Task An_owner_has_one_policy_per_severity()
    {
        await using var storage = await Deliveries.CreateAsync(servers);
        var policies = storage.Get<PolicyStore>();
        var critical = new EscalationPolicy
        {
            Id = "p1",
            Owner = "alice",
            Name = "wake me",
            Severity = AlertSeverity.Critical,
            Steps = [new(0, ["chat"]), new(900, ["hook"])],
        };
        Assert.True(await policies.SaveAsync(critical));
        Assert.True(await policies.SaveAsync(critical with { Name = "wake me up" }));
        Assert.False(await policies.SaveAsync(critical with { Id = "p2" }));
        Assert.True(await policies.SaveAsync(critical with { Id = "p2", Severity = null }));

        var stored = await policies.ListAsync();
        Assert.Equivalent(critical with { Name = "wake me up" }, stored[0], strict: true);
        Assert.True(await policies.DeleteAsync("p2"));
    }
}
