using System.Diagnostics.Metrics;
using CryptoScreener.IntegrationTests.Storage;
using CryptoScreener.IntegrationTests.Storage.Records;
using CryptoScreener.Storage.Alerts;
using CryptoScreener.Storage.Delivery;
using CryptoScreener.Testing;
using Microsoft.Extensions.DependencyInjection;
using Endpoint = CryptoScreener.Storage.Delivery.Endpoint;

namespace CryptoScreener.IntegrationTests.Delivery;

public sealed class LineBookTests(ServersFixture servers) : IClassFixture<ServersFixture>
{
    [Fact]
    public async Task Endpoints_are_read_when_they_changed_and_not_at_every_look()
    {
        await using var storage = await TestStorage.CreateAsync(servers);
        await using var receivers = await Receivers.StartAsync();
        var store = storage.Get<EndpointStore>();
        await store.SaveAsync(Hook("/ok", receivers));
        using var host = await Deliverer.StartAsync(storage.ConnectionString, null, Deliverer.Loopback);
        var meters = host.Services.GetRequiredService<IMeterFactory>();
        using var looks = new MeteredSum(meters, "database_queries_total", ("operation", "endpoint_changes"));
        using var reads = new MeteredSum(meters, "database_queries_total", ("operation", "list_endpoints"));

        await RecordAsync(storage, 1, "/ok");
        await Eventually.TrueAsync(() => receivers.AcceptedBy("/ok").Count == 1, "the first is served");
        var (before, looked) = (reads.Value, looks.Value);
        await Eventually.TrueAsync(() => looks.Value >= looked + 5, "it looks on");
        Assert.Equal(before, reads.Value);

        await store.SaveAsync(Hook("/ok/new", receivers));
        await RecordAsync(storage, 2, "/ok/new");
        await Eventually.TrueAsync(() => receivers.AcceptedBy("/ok/new").Count == 1, "a new one is served");
        Assert.Equal(before + 1, reads.Value);
        await host.StopAsync();
    }

    private static Endpoint Hook(string path, Receivers receivers) => new() { Id = path, Name = path, Kind = "webhook", Url = new Uri(receivers.Address, path).ToString() };

    private static Task RecordAsync(TestStorage storage, int number, string endpoint) =>
        AlertEvents.RecordAsync(storage, [AlertEvents.Alert(number)], new NewDelivery(AlertEvents.Alert(number).Event.Id, endpoint));
}
