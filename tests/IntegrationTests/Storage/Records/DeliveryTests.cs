using CryptoScreener.Contracts.Alerts;
using CryptoScreener.Storage.Alerts;
using CryptoScreener.Storage.Delivery;
using CryptoScreener.Testing;

namespace CryptoScreener.IntegrationTests.Storage.Records;

public sealed class DeliveryTests(ServersFixture servers) : IClassFixture<ServersFixture>
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Fact]
    public async Task Recording_makes_one_delivery_per_alert_and_endpoint_however_often_it_is_repeated()
    {
        await using var storage = await CreateAsync();
        NewDelivery[] deliveries = [new("alert-001", "hook"), new("alert-001", "chat"), new("alert-001", "gone")];
        for (var i = 0; i < 2; i++) await AlertEvents.RecordAsync(storage, [AlertEvents.Alert(1)], deliveries);

        var claimed = await ClaimAsync(storage, Guid.NewGuid());

        Assert.Equal(["chat", "hook"], claimed.Select(delivery => delivery.EndpointId).Order());
        Assert.Equal(deliveries[0].Id, claimed.Single(delivery => delivery.EndpointId == "hook").Id);
        Assert.All(claimed, delivery => Assert.Equal("alert-001", delivery.Alert!.Id));
    }

    [Fact]
    public async Task Workers_that_claim_at_once_share_the_due_deliveries_and_double_none()
    {
        await using var storage = await CreateAsync();
        var alerts = Enumerable.Range(0, 200).Select(i => AlertEvents.Alert(i)).ToList();
        await AlertEvents.RecordAsync(storage, alerts, [.. alerts.Select(alert => new NewDelivery(alert.Event.Id, "hook"))]);

        var claims = await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            var mine = new List<string>();
            while (await ClaimAsync(storage, Guid.NewGuid(), limit: 7) is { Count: > 0 } batch) mine.AddRange(batch.Select(delivery => delivery.Id));
            return mine;
        }));

        var all = claims.SelectMany(claim => claim).ToList();
        Assert.Equal(200, all.Count);
        Assert.Equal(200, all.Distinct().Count());
    }

    [Fact]
    public async Task A_claim_that_ended_passes_to_the_next_worker_and_the_late_result_is_not_accepted()
    {
        await using var storage = await CreateAsync();
        await AlertEvents.RecordAsync(storage, [AlertEvents.Alert(1)], new NewDelivery("alert-001", "hook"));
        var (slow, next) = (Guid.NewGuid(), Guid.NewGuid());
        var store = storage.Get<DeliveryStore>();
        var delivery = Assert.Single(await ClaimAsync(storage, slow, holdFor: TimeSpan.Zero)); // ends at once
        Assert.Single(await ClaimAsync(storage, next));

        Assert.Empty(await store.CompleteAsync(slow, [new DeliveryResult(delivery.Id, DeliveryState.Dead, Hour)]));
        Assert.Equal([delivery.Id], await store.CompleteAsync(next, [new DeliveryResult(delivery.Id, DeliveryState.Delivered, Hour, 204)]));

        Assert.Equal(new DeliveryCounts(0, 0, 0), await store.CountAsync());
        Assert.Equal(1, await storage.ScalarAsync<long>("SELECT count(*) FROM attempts WHERE number = 1 AND status = 204"));
    }

    [Fact]
    public async Task A_failed_attempt_waits_for_its_retry_and_counts_its_attempts()
    {
        await using var storage = await CreateAsync();
        await AlertEvents.RecordAsync(storage, [AlertEvents.Alert(1), AlertEvents.Alert(2)], new NewDelivery("alert-001", "hook"), new NewDelivery("alert-002", "hook"));
        var store = storage.Get<DeliveryStore>();
        var claim = Guid.NewGuid();
        var claimed = await ClaimAsync(storage, claim);
        await store.CompleteAsync(claim,
        [
            new DeliveryResult(claimed[0].Id, DeliveryState.Pending, Hour, 503, "busy", RetryAfter: TimeSpan.Zero),
            new DeliveryResult(claimed[1].Id, DeliveryState.Pending, Hour, Error: "timed out", RetryAfter: Hour),
        ]);

        var again = Assert.Single(await ClaimAsync(storage, Guid.NewGuid()));

        Assert.Equal((claimed[0].Id, 1), (again.Id, again.Attempts));
        Assert.Equal(new DeliveryCounts(2, 0, 0), await store.CountAsync());
    }

    [Fact]
    public async Task Released_and_replayed_deliveries_are_due_again_under_their_ids()
    {
        await using var storage = await CreateAsync();
        await AlertEvents.RecordAsync(storage, [AlertEvents.Alert(1), AlertEvents.Alert(2)], new NewDelivery("alert-001", "hook"), new NewDelivery("alert-002", "hook"));
        var store = storage.Get<DeliveryStore>();
        var first = Guid.NewGuid();
        var ids = (await ClaimAsync(storage, first)).Select(delivery => delivery.Id).ToList();
        await store.ReleaseAsync(first);
        var second = Guid.NewGuid();
        Assert.Equal(2, (await ClaimAsync(storage, second)).Count);
        await store.CompleteAsync(second, [new DeliveryResult(ids[0], DeliveryState.Dead, Hour), new DeliveryResult(ids[1], DeliveryState.Delivered, Hour)]);
        Assert.Equal(new DeliveryCounts(0, 0, 1), await store.CountAsync());

        Assert.Equal(1, await store.ReplayAsync("hook", 0, deadOnly: true));
        Assert.Equal([ids[0]], (await ClaimAsync(storage, Guid.NewGuid())).Select(delivery => delivery.Id));
        Assert.Equal(1, await store.ReplayAsync("hook", 0, deadOnly: false));
        Assert.Equal([ids[1]], (await ClaimAsync(storage, Guid.NewGuid())).Select(delivery => delivery.Id));
    }

    [Fact]
    public async Task Escalations_wait_and_paused_endpoints_are_left_out()
    {
        await using var storage = await CreateAsync();
        await AlertEvents.RecordAsync(storage, [AlertEvents.Alert(1)], new NewDelivery("alert-001", "hook", Hour), new NewDelivery("alert-001", "chat"));
        Assert.Empty(await ClaimAsync(storage, Guid.NewGuid(), paused: "chat"));
        Assert.Equal(["chat"], (await ClaimAsync(storage, Guid.NewGuid())).Select(delivery => delivery.EndpointId));
    }

    [Fact]
    public async Task An_endpoint_with_a_long_queue_does_not_stand_before_the_others()
    {
        await using var storage = await CreateAsync();
        var alerts = Enumerable.Range(0, 50).Select(i => AlertEvents.Alert(i)).ToList();
        await AlertEvents.RecordAsync(storage, alerts, [.. alerts.Select(alert => new NewDelivery(alert.Event.Id, "hook"))]);
        await AlertEvents.RecordAsync(storage, [AlertEvents.Alert(99)], new NewDelivery("alert-099", "chat"));

        var claimed = await storage.Get<DeliveryStore>().ClaimAsync(Guid.NewGuid(), [new("hook", 4), new("chat", 4)], 100, Hour);

        Assert.Equal(4, claimed.Count(delivery => delivery.EndpointId == "hook"));
        Assert.Single(claimed, delivery => delivery.EndpointId == "chat");
    }

    [Fact]
    public async Task What_comes_for_an_endpoint_after_it_was_switched_off_is_given_up_and_can_be_replayed()
    {
        await using var storage = await CreateAsync();
        var (endpoints, deliveries) = (storage.Get<EndpointStore>(), storage.Get<DeliveryStore>());
        await AlertEvents.RecordAsync(storage, [AlertEvents.Alert(1)], new NewDelivery("alert-001", "hook"), new NewDelivery("alert-001", "chat"));
        Assert.Equal(2, (await ClaimAsync(storage, Guid.NewGuid(), holdFor: TimeSpan.Zero)).Count); // by a worker that then died
        await endpoints.DisableAsync("chat", "410 Gone");
        await AlertEvents.RecordAsync(storage, [AlertEvents.Alert(2)], new NewDelivery("alert-002", "chat")); // routed a moment before

        Assert.Equal(2, await deliveries.GiveUpForDisabledAsync());
        Assert.Equal(0, await deliveries.GiveUpForDisabledAsync());
        Assert.Equal(new DeliveryCounts(1, 1, 2), await deliveries.CountAsync());

        await endpoints.SaveAsync(Hook("chat"));
        Assert.Equal(2, await deliveries.ReplayAsync("chat", 0, deadOnly: true));
    }

    [Fact]
    public async Task When_not_all_fits_endpoints_take_turns_and_who_has_less_running_comes_first()
    {
        await using var storage = await CreateAsync();
        var alerts = Enumerable.Range(0, 20).Select(i => AlertEvents.Alert(i)).ToList();
        await AlertEvents.RecordAsync(storage, alerts, [.. alerts.SelectMany(alert => new[] { new NewDelivery(alert.Event.Id, "hook"), new NewDelivery(alert.Event.Id, "chat") })]);

        var even = await storage.Get<DeliveryStore>().ClaimAsync(Guid.NewGuid(), [new("hook", 10), new("chat", 10)], 6, Hour);
        Assert.Equal(3, even.Count(delivery => delivery.EndpointId == "hook"));
        var behind = await storage.Get<DeliveryStore>().ClaimAsync(Guid.NewGuid(), [new("hook", 10, Running: 5), new("chat", 10)], 5, Hour);
        Assert.All(behind, delivery => Assert.Equal("chat", delivery.EndpointId));
    }

    [Fact]
    public async Task A_paused_endpoint_keeps_what_comes_and_a_disabled_one_turns_it_into_dead_letters()
    {
        await using var storage = await CreateAsync();
        var endpoints = storage.Get<EndpointStore>();
        await AlertEvents.RecordAsync(storage, [AlertEvents.Alert(1)], new NewDelivery("alert-001", "hook"), new NewDelivery("alert-001", "chat"));
        await endpoints.SaveAsync(Hook("hook") with { Paused = true });
        Assert.True(await endpoints.DisableAsync("chat", "410 Gone"));
        Assert.False(await endpoints.DisableAsync("chat", "410 Gone"));

        Assert.Empty(await ClaimAsync(storage, Guid.NewGuid()));
        Assert.Equal(new DeliveryCounts(1, 1, 1), await storage.Get<DeliveryStore>().CountAsync());
        Assert.Equal(1, await storage.ScalarAsync<long>("SELECT count(*) FROM audit WHERE action = 'endpoint.disabled' AND subject = 'chat'"));

        await endpoints.SaveAsync(Hook("hook"));
        Assert.Single(await ClaimAsync(storage, Guid.NewGuid()));
    }

    [Fact]
    public async Task An_acknowledgement_ends_the_escalation_and_is_told_to_those_who_heard_of_the_alert()
    {
        await using var storage = await CreateAsync();
        await AlertEvents.RecordAsync(
            storage, [AlertEvents.Alert(1)], new NewDelivery("alert-001", "hook"), new NewDelivery("alert-001", "chat", Hour, Step: 1));
        var claim = Guid.NewGuid();
        var first = Assert.Single(await ClaimAsync(storage, claim));
        await storage.Get<DeliveryStore>().CompleteAsync(claim, [new DeliveryResult(first.Id, DeliveryState.Delivered, Hour)]);

        Assert.True(await storage.Get<AlertStore>().AcknowledgeAsync("alert-001", "alice"));
        Assert.False(await storage.Get<AlertStore>().AcknowledgeAsync("alert-001", "bob"));

        var told = Assert.Single(await ClaimAsync(storage, Guid.NewGuid()));
        Assert.Equal(("hook", DeliveryEvent.Acknowledged), (told.EndpointId, told.Event));
        Assert.NotEqual(first.Id, told.Id);
        Assert.Equal(DeliveryState.Cancelled, Assert.Single(await storage.Get<DeliveryLog>().ListAsync("chat", null, null, 10)).State);
    }

    [Fact]
    public async Task The_end_of_what_fired_ends_its_escalation()
    {
        await using var storage = await CreateAsync();
        await AlertEvents.RecordAsync(storage, [AlertEvents.Alert(1)], new NewDelivery("alert-001", "chat", Hour, Step: 1));
        var resolved = AlertEvents.Alert(2);
        await AlertEvents.RecordAsync(storage, [resolved with { Event = resolved.Event with { Resolves = "alert-001" } }]);

        Assert.Equal(DeliveryState.Cancelled, Assert.Single(await storage.Get<DeliveryLog>().ListAsync("chat", null, null, 10)).State);
    }

    [Fact]
    public async Task A_test_belongs_to_no_alert_and_its_attempt_is_in_the_log()
    {
        await using var storage = await CreateAsync();
        var log = storage.Get<DeliveryLog>();
        var id = await log.TestAsync("hook");
        Assert.Null(await log.TestAsync("gone"));
        var claim = Guid.NewGuid();
        var test = Assert.Single(await ClaimAsync(storage, claim));
        Assert.Equal((id, DeliveryEvent.Test, null), (test.Id, test.Event, test.Alert));

        await storage.Get<DeliveryStore>().CompleteAsync(claim, [new DeliveryResult(test.Id, DeliveryState.Dead, Hour, 500, "answered 500", "no such bot", EndpointIsWell: false)]);

        Assert.Equal((1, 500, "no such bot"), (await log.AttemptsAsync(test.Id)).Select(a => (a.Number, a.Status ?? 0, a.Response)).Single());
        Assert.NotNull((await storage.Get<EndpointStore>().ListAsync()).Single(e => e.Id == "hook").FailingSince);
        Assert.True(await log.ReplayAsync(test.Id));
        var again = Guid.NewGuid();
        Assert.Single(await ClaimAsync(storage, again));
        await storage.Get<DeliveryStore>().CompleteAsync(again, [new DeliveryResult(test.Id, DeliveryState.Delivered, Hour, 204, EndpointIsWell: true)]);
        Assert.Null((await storage.Get<EndpointStore>().ListAsync()).Single(e => e.Id == "hook").FailingSince);
    }

    [Fact]
    public async Task What_says_nothing_of_the_endpoint_neither_begins_nor_ends_the_days_in_which_it_failed()
    {
        await using var storage = await CreateAsync();
        var id = await storage.Get<DeliveryLog>().TestAsync("hook");
        await CompleteOneAsync(storage, new DeliveryResult(id!, DeliveryState.Dead, Hour, 500));
        Assert.Null((await storage.Get<EndpointStore>().FindAsync("hook"))!.FailingSince);

        await AlertEvents.RecordAsync(storage, [AlertEvents.Alert(1), AlertEvents.Alert(2)], new NewDelivery("alert-001", "hook"), new NewDelivery("alert-002", "hook"));
        await CompleteOneAsync(storage, new DeliveryResult(new NewDelivery("alert-001", "hook").Id, DeliveryState.Pending, Hour, 503, RetryAfter: Hour, EndpointIsWell: false));
        await CompleteOneAsync(storage, new DeliveryResult(new NewDelivery("alert-002", "hook").Id, DeliveryState.Dead, Hour, 422));
        Assert.NotNull((await storage.Get<EndpointStore>().FindAsync("hook"))!.FailingSince);
    }

    [Fact]
    public async Task An_end_waits_for_its_beginning_and_reaches_those_who_heard_by_a_later_step()
    {
        await using var storage = await CreateAsync();
        await storage.Get<EndpointStore>().EnsureAsync(Hook("late"));
        await AlertEvents.RecordAsync(
            storage, [AlertEvents.Alert(1)],
            new NewDelivery("alert-001", "hook"), new NewDelivery("alert-001", "chat", TimeSpan.Zero, Step: 1), new NewDelivery("alert-001", "late", Hour, Step: 2));
        var begun = Guid.NewGuid();
        var fired = await ClaimAsync(storage, begun);
        Assert.Equal(["chat", "hook"], fired.Select(delivery => delivery.EndpointId).Order());
        var end = AlertEvents.Alert(2);
        await AlertEvents.RecordAsync(
            storage, [end with { Event = end.Event with { State = AlertState.Resolved, Resolves = "alert-001" } }], new NewDelivery("alert-002", "hook", Follows: "alert-001"));

        Assert.Empty(await ClaimAsync(storage, Guid.NewGuid())); // both beginnings are still under way
        await storage.Get<DeliveryStore>().CompleteAsync(begun, [.. fired.Select(delivery => new DeliveryResult(delivery.Id, DeliveryState.Delivered, Hour))]);

        var ends = await ClaimAsync(storage, Guid.NewGuid());
        Assert.Equal([("chat", "alert-002"), ("hook", "alert-002")], ends.Select(delivery => (delivery.EndpointId, delivery.Alert!.Id)).Order());
        Assert.Equal(DeliveryState.Cancelled, Assert.Single(await storage.Get<DeliveryLog>().ListAsync("late", null, null, 10)).State);
    }

    [Fact]
    public async Task An_escalation_and_an_acknowledgement_are_as_old_as_they_are_due_and_not_as_the_alert()
    {
        await using var storage = await CreateAsync(); // the alert itself is of another day
        await AlertEvents.RecordAsync(storage, [AlertEvents.Alert(1)], new NewDelivery("alert-001", "hook"), new NewDelivery("alert-001", "chat", TimeSpan.Zero, Step: 1));
        var first = Guid.NewGuid();
        var fired = await ClaimAsync(storage, first);
        await storage.Get<DeliveryStore>().CompleteAsync(first, [.. fired.Select(delivery => new DeliveryResult(delivery.Id, DeliveryState.Delivered, Hour))]);
        await storage.Get<AlertStore>().AcknowledgeAsync("alert-001", "alice");
        var told = await ClaimAsync(storage, Guid.NewGuid());

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
    public async Task A_replay_begins_the_schedule_and_the_age_anew_and_the_log_goes_on()
    {
        await using var storage = await CreateAsync();
        await AlertEvents.RecordAsync(storage, [AlertEvents.Alert(1)], new NewDelivery("alert-001", "hook"));
        var id = new NewDelivery("alert-001", "hook").Id;
        await CompleteOneAsync(storage, new DeliveryResult(id, DeliveryState.Dead, Hour, 500));
        Assert.True(await storage.Get<DeliveryLog>().ReplayAsync(id));
        var claim = Guid.NewGuid();
        var once = Assert.Single(await ClaimAsync(storage, claim));
        Assert.Equal((0, true), (once.Attempts, once.IsReplay));
        Assert.True(once.WantedAt > new DateTimeOffset(AlertEvents.Alert(1).Event.Timestamp).ToUnixTimeMilliseconds());
        await storage.Get<DeliveryStore>().CompleteAsync(claim, [new DeliveryResult(id, DeliveryState.Dead, Hour, 500)]);

        Assert.Equal(1, await storage.Get<DeliveryStore>().ReplayAsync("hook", 0, deadOnly: true));
        Assert.Equal(0, Assert.Single(await ClaimAsync(storage, Guid.NewGuid())).Attempts);
        Assert.Equal([1, 2], (await storage.Get<DeliveryLog>().AttemptsAsync(id)).Select(attempt => attempt.Number));
    }

    [Fact]
    public async Task Critical_alerts_go_before_others_unless_those_have_waited_long()
    {
        await using var storage = await CreateAsync();
        var alerts = Enumerable.Range(1, 4).Select(i => AlertEvents.Alert(i)).ToList(); // the even ones are critical
        await AlertEvents.RecordAsync(storage, alerts, [.. alerts.Select(alert => new NewDelivery(alert.Event.Id, "hook"))]);
        await storage.ExecuteAsync("UPDATE deliveries SET due_at = now() - interval '2 minutes' WHERE alert_id = 'alert-001'");

        var order = new List<string>();
        while (await ClaimAsync(storage, Guid.NewGuid(), limit: 1) is [var next]) order.Add(next.Alert!.Id);

        Assert.Equal("alert-001", order[0]);
        Assert.Equal(["alert-002", "alert-004"], order[1..3].Order());
        Assert.Equal("alert-003", order[3]);
    }

    [Fact]
    public async Task The_log_of_all_endpoints_is_read_by_its_index_and_page_by_page()
    {
        await using var storage = await CreateAsync();
        await storage.ExecuteAsync("INSERT INTO deliveries (id, endpoint_id, event, created_at) SELECT 'msg-' || i, 'hook', 2, now() - i * interval '1 second' FROM generate_series(1, 20000) i");
        await storage.ExecuteAsync("ANALYZE deliveries");
        var filter = new DeliveryFilter(null, OfEveryOwner: true);
        var read = await storage.ScalarAsync<long>("SELECT idx_tup_read FROM pg_stat_user_indexes WHERE indexrelname = 'deliveries_newest'");
        var first = await storage.Get<DeliveryLog>().SearchAsync(filter, null, 10);
        var second = await storage.Get<DeliveryLog>().SearchAsync(filter, first[^1].Id, 10);

        Assert.Equal(Enumerable.Range(1, 20).Select(i => $"msg-{i}"), first.Concat(second).Select(delivery => delivery.Id));
        await Eventually.TrueAsync(
            async () => await storage.ScalarAsync<long>("SELECT idx_tup_read FROM pg_stat_user_indexes WHERE indexrelname = 'deliveries_newest'") - read is >= 20 and < 100,
            "both pages came from the index, and little else was read of it");
    }

    [Fact]
    public async Task Routing_knows_an_endpoint_whose_key_is_not_here()
    {
        await using var storage = await CreateAsync();
        await storage.ExecuteAsync("UPDATE endpoints SET url = 'sealed.v1.new-key.AAAA' WHERE id = 'hook'");
        Assert.Equal(["chat", "hook"], (await storage.Get<EndpointStore>().RoutesAsync()).Select(route => route.Id));
        Assert.True((await storage.Get<EndpointStore>().FindAsync("hook"))!.IsLocked);
    }

    [Fact]
    public async Task An_owner_has_one_policy_per_severity()
    {
        await using var storage = await CreateAsync();
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

    [Fact]
    public async Task Endpoints_are_kept_as_they_were_saved()
    {
        await using var storage = await CreateAsync();
        var store = storage.Get<EndpointStore>();
        var hook = Hook("hook") with { Owner = "alice", Secrets = ["new", "old"], Settings = """{"timeout": 5}""" };
        await store.SaveAsync(hook);
        await store.EnsureAsync(Hook("hook")); // from the configuration: the stored one counts
        await store.DisableAsync("chat", "410 Gone");

        var stored = await store.ListAsync();
        Assert.Equivalent(hook, stored.Single(endpoint => endpoint.Id == "hook"), strict: true);
        Assert.Equal((false, "410 Gone"), stored.Where(endpoint => endpoint.Id == "chat").Select(endpoint => (endpoint.Enabled, endpoint.DisabledReason)).Single());
        Assert.Equal([true, false], stored.OrderBy(endpoint => endpoint.Id, StringComparer.Ordinal).Select(endpoint => endpoint.DisabledAt is not null));
        await store.SaveAsync(Hook("chat")); // its owner mended it
        Assert.Null((await store.FindAsync("chat"))!.DisabledAt);
        Assert.True(await store.DeleteAsync("chat"));
        Assert.False(await store.DeleteAsync("chat"));
    }

    private static async Task CompleteOneAsync(TestStorage storage, DeliveryResult result)
    {
        var claim = Guid.NewGuid();
        await ClaimAsync(storage, claim);
        await storage.Get<DeliveryStore>().CompleteAsync(claim, [result]);
        await storage.Get<DeliveryStore>().ReleaseAsync(claim);
    }

    private static Endpoint Hook(string id) => new() { Id = id, Name = id, Kind = "webhook", Url = "https://example.org/" };

    private static Task<List<ClaimedDelivery>> ClaimAsync(TestStorage storage, Guid claim, int limit = 100, TimeSpan? holdFor = null, params string[] paused) =>
        storage.Get<DeliveryStore>().ClaimAsync(
            claim, [.. new[] { "hook", "chat" }.Except(paused).Select(id => new EndpointRoom(id, limit))], limit, holdFor ?? Hour);

    private async Task<TestStorage> CreateAsync()
    {
        var storage = await TestStorage.CreateAsync(servers);
        foreach (var id in new[] { "hook", "chat" }) await storage.Get<EndpointStore>().EnsureAsync(Hook(id));
        return storage;
    }
}
