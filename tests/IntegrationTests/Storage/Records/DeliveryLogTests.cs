using CryptoScreener.Storage.Alerts;
using CryptoScreener.Storage.Delivery;
using CryptoScreener.Testing;

namespace CryptoScreener.IntegrationTests.Storage.Records;

/// <summary>What owners read of what was sent.</summary>
public sealed class DeliveryLogTests(ServersFixture servers) : IClassFixture<ServersFixture>
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Fact]
    public async Task A_test_belongs_to_no_alert_and_its_attempt_is_in_the_log()
    {
        await using var storage = await Deliveries.CreateAsync(servers);
        var log = storage.Get<DeliveryLog>();
        var id = await log.TestAsync("hook");
        Assert.Null(await log.TestAsync("gone"));
        var claim = Guid.NewGuid();
        var test = Assert.Single(await Deliveries.ClaimAsync(storage, claim));
        Assert.Equal((id, DeliveryEvent.Test, null), (test.Id, test.Event, test.Alert));

        await storage.Get<DeliveryStore>().CompleteAsync(claim, [new DeliveryResult(test.Id, DeliveryState.Dead, Hour, 500, "answered 500", "no such bot", EndpointIsWell: false)]);

        Assert.Equal((1, 500, "no such bot"), (await log.AttemptsAsync(test.Id)).Select(a => (a.Number, a.Status ?? 0, a.Response)).Single());
        Assert.NotNull((await storage.Get<EndpointStore>().ListAsync()).Single(e => e.Id == "hook").FailingSince);
        Assert.True(await log.ReplayAsync(test.Id));
        var again = Guid.NewGuid();
        Assert.Single(await Deliveries.ClaimAsync(storage, again));
        await storage.Get<DeliveryStore>().CompleteAsync(again, [new DeliveryResult(test.Id, DeliveryState.Delivered, Hour, 204, EndpointIsWell: true)]);
        Assert.Null((await storage.Get<EndpointStore>().ListAsync()).Single(e => e.Id == "hook").FailingSince);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_log_says_which_instrument_and_which_rule_it_was_about(bool ofEveryOwner)
    {
        await using var storage = await Deliveries.CreateAsync(servers);
        var log = storage.Get<DeliveryLog>();
        await AlertEvents.RecordAsync(storage, [AlertEvents.Alert(1, "ETHUSDT")], new NewDelivery("alert-001", "hook"));
        await log.TestAsync("chat");

        var found = (await log.SearchAsync(new DeliveryFilter(null, ofEveryOwner), null, 10)).ToDictionary(delivery => delivery.EndpointId);

        Assert.Equal(("binance-futures", "ETHUSDT", "rule-of-custom"), (found["hook"].Exchange, found["hook"].Symbol, found["hook"].RuleId));
        Assert.Equal((null, null, null), (found["chat"].Exchange, found["chat"].Symbol, found["chat"].RuleId));
    }

    [Fact]
    public async Task The_log_of_all_endpoints_is_read_by_its_index_and_page_by_page()
    {
        await using var storage = await Deliveries.CreateAsync(servers);
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
    public async Task An_owner_of_few_deliveries_waits_for_nobody_elses_to_be_read()
    {
        await using var storage = new TestStorage(await servers.CreateDatabaseAsync(), ("MaxPoolSize", "2")); // used in turn, so one connection, whose statistics we can ask for
        for (var i = 0; i < 20; i++) await storage.Get<EndpointStore>().SaveAsync(Deliveries.Hook($"hook-{i}"));
        await storage.Get<EndpointStore>().SaveAsync(Deliveries.Hook("mine") with { Owner = "alice" });
        await storage.ExecuteAsync("INSERT INTO deliveries (id, endpoint_id, event, state, created_at) SELECT 'msg-' || i, CASE WHEN i % 10000 = 0 THEN 'mine' ELSE 'hook-' || i % 20 END, 2, 1, now() - i * interval '1 second' FROM generate_series(1, 20000) i");
        await storage.ExecuteAsync("ANALYZE deliveries");
        var before = await ReadAsync();

        var filter = new DeliveryFilter("alice", OfEveryOwner: false);
        var first = Assert.Single(await storage.Get<DeliveryLog>().SearchAsync(filter, null, 1));
        var second = Assert.Single(await storage.Get<DeliveryLog>().SearchAsync(filter, first.Id, 1));
        Assert.Empty(await storage.Get<DeliveryLog>().SearchAsync(filter, second.Id, 1));

        Assert.Equal(("msg-10000", "msg-20000"), (first.Id, second.Id));
        Assert.InRange(await ReadAsync() - before, 0, 100);

        async Task<long> ReadAsync()
        {
            await storage.ExecuteAsync("SELECT pg_stat_force_next_flush()");
            return await storage.ScalarAsync<long>("SELECT seq_tup_read + idx_tup_fetch FROM pg_stat_user_tables WHERE relname = 'deliveries'");
        }
    }
}
