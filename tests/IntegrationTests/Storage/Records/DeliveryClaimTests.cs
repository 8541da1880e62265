using CryptoScreener.Storage.Alerts;
using CryptoScreener.Storage.Delivery;
using CryptoScreener.Testing;

namespace CryptoScreener.IntegrationTests.Storage.Records;

/// <summary>Who claims what, in which order, and whose results count.</summary>
public sealed class DeliveryClaimTests(ServersFixture servers) : IClassFixture<ServersFixture>
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Fact]
    public async Task Recording_makes_one_delivery_per_alert_and_endpoint_however_often_it_is_repeated()
    {
        await using var storage = await Deliveries.CreateAsync(servers);
        NewDelivery[] deliveries = [new("alert-001", "hook"), new("alert-001", "chat"), new("alert-001", "gone")];
        for (var i = 0; i < 2; i++) await AlertEvents.RecordAsync(storage, [AlertEvents.Alert(1)], deliveries);

        var claimed = await Deliveries.ClaimAsync(storage, Guid.NewGuid());

        Assert.Equal(["chat", "hook"], claimed.Select(delivery => delivery.EndpointId).Order());
        Assert.Equal(deliveries[0].Id, claimed.Single(delivery => delivery.EndpointId == "hook").Id);
        Assert.All(claimed, delivery => Assert.Equal("alert-001", delivery.Alert!.Id));
    }

    [Fact]
    public async Task Workers_that_claim_at_once_share_the_due_deliveries_and_double_none()
    {
        await using var storage = await Deliveries.CreateAsync(servers);
        var alerts = Enumerable.Range(0, 200).Select(i => AlertEvents.Alert(i)).ToList();
        await AlertEvents.RecordAsync(storage, alerts, [.. alerts.Select(alert => new NewDelivery(alert.Event.Id, "hook"))]);

        var claims = await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            var mine = new List<string>();
            while (await Deliveries.ClaimAsync(storage, Guid.NewGuid(), limit: 7) is { Count: > 0 } batch) mine.AddRange(batch.Select(delivery => delivery.Id));
            return mine;
        }));

        var all = claims.SelectMany(claim => claim).ToList();
        Assert.Equal(200, all.Count);
        Assert.Equal(200, all.Distinct().Count());
    }

    [Fact]
    public async Task A_claim_that_ended_passes_to_the_next_worker_and_the_late_result_is_not_accepted()
    {
        await using var storage = await Deliveries.CreateAsync(servers);
        await AlertEvents.RecordAsync(storage, [AlertEvents.Alert(1)], new NewDelivery("alert-001", "hook"));
        var (slow, next) = (Guid.NewGuid(), Guid.NewGuid());
        var store = storage.Get<DeliveryStore>();
        var delivery = Assert.Single(await Deliveries.ClaimAsync(storage, slow, holdFor: TimeSpan.Zero)); // ends at once
        Assert.Single(await Deliveries.ClaimAsync(storage, next));

        Assert.Empty(await store.CompleteAsync(slow, [new DeliveryResult(delivery.Id, DeliveryState.Dead, Hour)]));
        Assert.Equal([delivery.Id], await store.CompleteAsync(next, [new DeliveryResult(delivery.Id, DeliveryState.Delivered, Hour, 204)]));

        Assert.Equal((0, 0, 0), await Deliveries.CountsAsync(storage));
        Assert.Equal(1, await storage.ScalarAsync<long>("SELECT count(*) FROM attempts WHERE number = 1 AND status = 204"));
    }

    [Fact]
    public async Task A_failed_attempt_waits_for_its_retry_and_counts_its_attempts()
    {
        await using var storage = await Deliveries.CreateAsync(servers);
        await AlertEvents.RecordAsync(storage, [AlertEvents.Alert(1), AlertEvents.Alert(2)], new NewDelivery("alert-001", "hook"), new NewDelivery("alert-002", "hook"));
        var store = storage.Get<DeliveryStore>();
        var claim = Guid.NewGuid();
        var claimed = await Deliveries.ClaimAsync(storage, claim);
        await store.CompleteAsync(claim,
        [
            new DeliveryResult(claimed[0].Id, DeliveryState.Pending, Hour, 503, "busy", RetryAfter: TimeSpan.Zero),
            new DeliveryResult(claimed[1].Id, DeliveryState.Pending, Hour, Error: "timed out", RetryAfter: Hour),
        ]);

        var again = Assert.Single(await Deliveries.ClaimAsync(storage, Guid.NewGuid()));

        Assert.Equal((claimed[0].Id, 1), (again.Id, again.Attempts));
        Assert.Equal((2, 0, 0), await Deliveries.CountsAsync(storage));
    }

    [Fact]
    public async Task An_endpoint_with_a_long_queue_does_not_stand_before_the_others()
    {
        await using var storage = await Deliveries.CreateAsync(servers);
        var alerts = Enumerable.Range(0, 50).Select(i => AlertEvents.Alert(i)).ToList();
        await AlertEvents.RecordAsync(storage, alerts, [.. alerts.Select(alert => new NewDelivery(alert.Event.Id, "hook"))]);
        await AlertEvents.RecordAsync(storage, [AlertEvents.Alert(99)], new NewDelivery("alert-099", "chat"));

        var claimed = await storage.Get<DeliveryStore>().ClaimAsync(Guid.NewGuid(), [new("hook", 4), new("chat", 4)], 100, Hour);

        Assert.Equal(4, claimed.Count(delivery => delivery.EndpointId == "hook"));
        Assert.Single(claimed, delivery => delivery.EndpointId == "chat");
    }

    [Fact]
    public async Task When_not_all_fits_endpoints_take_turns_and_who_has_less_running_comes_first()
    {
        await using var storage = await Deliveries.CreateAsync(servers);
        var alerts = Enumerable.Range(0, 20).Select(i => AlertEvents.Alert(i)).ToList();
        await AlertEvents.RecordAsync(storage, alerts, [.. alerts.SelectMany(alert => new[] { new NewDelivery(alert.Event.Id, "hook"), new NewDelivery(alert.Event.Id, "chat") })]);

        var even = await storage.Get<DeliveryStore>().ClaimAsync(Guid.NewGuid(), [new("hook", 10), new("chat", 10)], 6, Hour);
        Assert.Equal(3, even.Count(delivery => delivery.EndpointId == "hook"));
        var behind = await storage.Get<DeliveryStore>().ClaimAsync(Guid.NewGuid(), [new("hook", 10, Running: 5), new("chat", 10)], 5, Hour);
        Assert.All(behind, delivery => Assert.Equal("chat", delivery.EndpointId));
    }

    [Fact]
    public async Task Critical_alerts_go_before_others_unless_those_have_waited_long()
    {
        await using var storage = await Deliveries.CreateAsync(servers);
        var alerts = Enumerable.Range(1, 4).Select(i => AlertEvents.Alert(i)).ToList(); // the even ones are critical
        await AlertEvents.RecordAsync(storage, alerts, [.. alerts.Select(alert => new NewDelivery(alert.Event.Id, "hook"))]);
        await storage.ExecuteAsync("UPDATE deliveries SET due_at = now() - interval '2 minutes' WHERE alert_id = 'alert-001'");

        var order = new List<string>();
        while (await Deliveries.ClaimAsync(storage, Guid.NewGuid(), limit: 1) is [var next]) order.Add(next.Alert!.Id);

        Assert.Equal("alert-001", order[0]);
        Assert.Equal(["alert-002", "alert-004"], order[1..3].Order());
        Assert.Equal("alert-003", order[3]);
    }

    [Fact]
    public async Task What_was_not_sent_counts_no_attempt_and_what_was_refused_with_others_shortens_no_schedule()
    {
        await using var storage = await Deliveries.CreateAsync(servers);
        await AlertEvents.RecordAsync(storage, [AlertEvents.Alert(1), AlertEvents.Alert(2)], new NewDelivery("alert-001", "hook"), new NewDelivery("alert-002", "chat"));
        var claim = Guid.NewGuid();
        var claimed = (await Deliveries.ClaimAsync(storage, claim)).OrderBy(delivery => delivery.Alert!.Id, StringComparer.Ordinal).ToList();
        await storage.Get<DeliveryStore>().CompleteAsync(claim,
        [
            new DeliveryResult(claimed[0].Id, DeliveryState.Expired, Hour, Error: "too old", Counts: AttemptCounts.NotMade),
            new DeliveryResult(claimed[1].Id, DeliveryState.Pending, Hour, 400, "answered 400", Counts: AttemptCounts.OutsideSchedule),
        ]);

        var expired = Assert.Single(await storage.Get<DeliveryLog>().ListAsync("hook", null, null, 10));
        Assert.Equal((DeliveryState.Expired, 0, "too old"), (expired.State, expired.Attempts, expired.LastError));
        Assert.Empty(await storage.Get<DeliveryLog>().AttemptsAsync(claimed[0].Id));
        Assert.Single(await storage.Get<DeliveryLog>().AttemptsAsync(claimed[1].Id));
        Assert.Equal(0, Assert.Single(await Deliveries.ClaimAsync(storage, Guid.NewGuid())).Attempts);
    }

    [Fact]
    public async Task However_long_the_history_is_the_queue_is_read_by_its_indexes_alone()
    {
        await using var storage = new TestStorage(await servers.CreateDatabaseAsync(), ("MaxPoolSize", "2")); // used in turn, so one connection, whose statistics we can ask for
        foreach (var id in new[] { "hook", "chat" }) await storage.Get<EndpointStore>().EnsureAsync(Deliveries.Hook(id));
        await storage.ExecuteAsync("INSERT INTO deliveries (id, endpoint_id, event, state, finished_at) SELECT 'old-' || i, 'hook', 2, 1 + i % 2, now() FROM generate_series(1, 20000) i");
        await AlertEvents.RecordAsync(storage, [AlertEvents.Alert(1)], new NewDelivery("alert-001", "hook"), new NewDelivery("alert-001", "chat"));
        await storage.ExecuteAsync("ANALYZE deliveries");
        var store = storage.Get<DeliveryStore>();
        var before = await ScannedAsync();

        var claim = Guid.NewGuid();
        var claimed = await Deliveries.ClaimAsync(storage, claim);
        await store.CompleteAsync(claim, [.. claimed.Select(delivery => new DeliveryResult(delivery.Id, DeliveryState.Delivered, Hour))]);
        Assert.Equal(0, await store.CountPendingAsync());
        await storage.Get<EndpointStore>().DisableAsync("chat", "answered 410");
        await store.GiveUpForDisabledAsync();

        Assert.Equal(2, claimed.Count);
        Assert.Equal(before, await ScannedAsync());

        async Task<long> ScannedAsync()
        {
            await storage.ExecuteAsync("SELECT pg_stat_force_next_flush()");
            return await storage.ScalarAsync<long>("SELECT seq_tup_read FROM pg_stat_user_tables WHERE relname = 'deliveries'");
        }
    }
}
