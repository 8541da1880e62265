using System.Text.Json;
using CryptoScreener.AlertEngine;
using CryptoScreener.Contracts.Alerts;
using CryptoScreener.Contracts.Bus;
using CryptoScreener.Contracts.Instruments;
using CryptoScreener.Contracts.Json;
using CryptoScreener.IntegrationTests.Messaging;
using CryptoScreener.IntegrationTests.Storage;
using CryptoScreener.IntegrationTests.Storage.Records;
using CryptoScreener.LocalServers;
using CryptoScreener.Storage.Alerts;
using CryptoScreener.Storage.Delivery;
using CryptoScreener.Testing;
using Endpoint = CryptoScreener.Storage.Delivery.Endpoint;

namespace CryptoScreener.IntegrationTests.Engine;

public sealed class AcknowledgementTests(ServersFixture servers) : IClassFixture<ServersFixture>
{
    [Fact]
    public async Task An_acknowledgement_is_said_once_on_the_bus_and_to_who_heard_of_the_alert()
    {
        await using var nats = await LocalNats.StartAsync();
        await using var storage = await TestStorage.CreateAsync(servers);
        await using var bus = await TestBus.StartAsync(nats);
        await using var published = new PublishedAlerts(bus);
        await storage.Get<EndpointStore>().SaveAsync(new Endpoint { Id = "hook", Name = "hook", Kind = "webhook", Url = "https://example.com" });
        var store = storage.Get<AlertStore>();
        await using (await RunningEngine.StartAsync(nats, storage.ConnectionString, EngineRoles.Record))
        {
            var alert = AlertEvents.Alert(1).Event;
            var subject = Subjects.Alert(new InstrumentId(alert.Exchange, alert.Symbol), alert.RuleId, alert.Id);
            await bus.Once.PublishAsync(subject, JsonSerializer.SerializeToUtf8Bytes(alert, ContractsJson.Default.AlertEvent), CancellationToken.None);
            await Eventually.TrueAsync(async () => await store.FindAsync(alert.Id) is not null, "the alert is recorded");
            Assert.True(await store.AcknowledgeAsync(alert.Id, "alice"));
            await Eventually.TrueAsync(async () => (await FoundAsync(store)).Count == 1, "its acknowledgement is recorded");
        }

        // As if the engine had fallen between saying it and noting that: the next one says it again.
        await storage.ExecuteAsync("UPDATE alerts SET acknowledgement_said = false");
        await using (await RunningEngine.StartAsync(nats, storage.ConnectionString, EngineRoles.Record))
            await Eventually.TrueAsync(() => storage.ScalarAsync<bool>("SELECT bool_and(acknowledgement_said) FROM alerts WHERE acknowledged_at IS NOT NULL"), "it is said");

        var said = Assert.Single(published.All, alert => alert.State == AlertState.Acknowledged);
        Assert.Equal(("alert-001", "alice"), (said.Acknowledges, said.AcknowledgedBy));
        Assert.Equal(said.Id, Assert.Single(await FoundAsync(store)).Event.Id);
        Assert.Equal("alert-001", Assert.Single(await store.SearchAsync(new AlertQuery())).Event.Id);
        Assert.Equal(["alert-001", said.Id], (await store.AfterSequenceAsync(0, 10)).Select(alert => alert.Event.Id));
        Assert.Equal("alert-001 0, alert-001 1", await storage.ScalarAsync<string>("SELECT string_agg(alert_id || ' ' || event, ', ' ORDER BY alert_id, event) FROM deliveries"));
        Assert.False(await store.AcknowledgeAsync(said.Id, "bob"));
    }

    private static Task<List<StoredAlert>> FoundAsync(AlertStore store) => store.SearchAsync(new AlertQuery { State = AlertState.Acknowledged });
}
