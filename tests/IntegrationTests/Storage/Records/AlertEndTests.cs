using CryptoScreener.Contracts.Alerts;
using CryptoScreener.Storage.Alerts;
using CryptoScreener.Testing;

namespace CryptoScreener.IntegrationTests.Storage.Records;

/// <summary>An end goes where its firing went, whenever either was found.</summary>
public sealed class AlertEndTests(ServersFixture servers) : IClassFixture<ServersFixture>
{
    private static readonly AlertSuppression Cooled = new(SuppressionReason.Cooldown, "another");
    private static readonly StoredAlert Firing = AlertEvents.Alert(1);

    [Fact]
    public async Task An_end_that_is_found_late_is_told_to_those_who_heard_of_its_firing()
    {
        await using var storage = await Deliveries.CreateAsync(servers);
        await AlertEvents.RecordAsync(storage, [Firing], new NewDelivery("alert-001", "hook"));
        await EndAsync(storage, late: true);

        Assert.Equal(1, await EndsToldAsync(storage));
        Assert.True(await storage.ScalarAsync<bool>("SELECT wanted_at = created_at FROM deliveries WHERE alert_id = 'alert-002'"), "it is as old as we know of it");
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task The_end_of_a_firing_that_nobody_heard_of_is_told_to_nobody(bool late, bool cooled)
    {
        await using var storage = await Deliveries.CreateAsync(servers);
        await AlertEvents.RecordAsync(storage, [Firing with { Event = Firing.Event with { Late = late, Suppressed = cooled ? Cooled : null } }]);
        await EndAsync(storage);
        Assert.Equal(0, await EndsToldAsync(storage));
    }

    [Fact]
    public async Task What_another_engine_thinks_of_a_firing_that_was_told_withholds_no_end()
    {
        await using var storage = await Deliveries.CreateAsync(servers);
        await AlertEvents.RecordAsync(storage, [Firing], new NewDelivery("alert-001", "hook"));
        await EndAsync(storage, suppressed: Cooled);
        Assert.Equal(1, await EndsToldAsync(storage));
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 0)]
    public async Task The_end_of_a_forgotten_firing_speaks_for_itself(bool late, long told)
    {
        await using var storage = await Deliveries.CreateAsync(servers);
        await EndAsync(storage, late);
        Assert.Equal(told, await EndsToldAsync(storage));
    }

    [Fact]
    public async Task A_late_end_reaches_those_who_heard_by_a_later_step()
    {
        await using var storage = await Deliveries.CreateAsync(servers);
        await AlertEvents.RecordAsync(storage, [Firing], new NewDelivery("alert-001", "chat", TimeSpan.Zero, Step: 1));
        await Deliveries.ClaimAsync(storage, Guid.NewGuid());
        await EndAsync(storage, late: true);
        Assert.Equal(1, await storage.ScalarAsync<long>("SELECT count(*) FROM deliveries WHERE alert_id = 'alert-002' AND endpoint_id = 'chat'"));
    }

    /// <summary>As routing hands it over: to "hook", whatever it says of itself.</summary>
    private static Task EndAsync(TestStorage storage, bool late = false, AlertSuppression? suppressed = null)
    {
        var end = AlertEvents.Alert(2);
        var resolved = end.Event with { State = AlertState.Resolved, Resolves = "alert-001", Late = late, Suppressed = suppressed };
        return AlertEvents.RecordAsync(storage, [end with { Event = resolved }], new NewDelivery("alert-002", "hook", Follows: "alert-001"));
    }

    private static Task<long> EndsToldAsync(TestStorage storage) =>
        storage.ScalarAsync<long>("SELECT count(*) FROM deliveries WHERE alert_id = 'alert-002' AND endpoint_id = 'hook'");
}
