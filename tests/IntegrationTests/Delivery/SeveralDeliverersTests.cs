using CryptoScreener.AlertEngine.Delivery.Sending;
using CryptoScreener.IntegrationTests.Storage;
using CryptoScreener.IntegrationTests.Storage.Records;
using CryptoScreener.Storage.Alerts;
using CryptoScreener.Storage.Delivery;
using CryptoScreener.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Endpoint = CryptoScreener.Storage.Delivery.Endpoint;

namespace CryptoScreener.IntegrationTests.Delivery;

/// <summary>A rate is kept and a breaker is open for all deliverers together, because one of them serves an endpoint at a time.</summary>
public sealed class SeveralDeliverersTests(ServersFixture servers) : IClassFixture<ServersFixture>
{
    private const int Endpoints = 40;

    [Fact]
    public async Task Each_endpoint_is_served_by_one_deliverer_and_by_another_once_that_one_stops()
    {
        await using var storage = await TestStorage.CreateAsync(servers);
        await using var receivers = await Receivers.StartAsync();
        var paths = Enumerable.Range(0, Endpoints).Select(i => $"/ok/{i}").Order(StringComparer.Ordinal).ToList();
        foreach (var path in paths)
            await storage.Get<EndpointStore>().SaveAsync(new Endpoint { Id = path, Name = path, Kind = "webhook", Url = new Uri(receivers.Address, path).ToString() });
        using var one = await Deliverer.StartAsync(storage.ConnectionString, null, Deliverer.Loopback);
        using var other = await Deliverer.StartAsync(storage.ConnectionString, null, Deliverer.Loopback);

        await Eventually.TrueAsync(
            () => ServedBy(one).Count > 0 && ServedBy(other).Count > 0 && ServedBy(one).Concat(ServedBy(other)).Order(StringComparer.Ordinal).SequenceEqual(paths),
            "they have shared the endpoints, each with one of them");
        await RecordAsync(storage, 1, paths);
        await Eventually.TrueAsync(() => paths.All(path => receivers.AcceptedBy(path).Count == 1), "every endpoint is served");

        await other.StopAsync();
        await Eventually.TrueAsync(() => ServedBy(one).SequenceEqual(paths), "who is left serves all");
        await RecordAsync(storage, 2, paths);
        await Eventually.TrueAsync(() => paths.All(path => receivers.AcceptedBy(path).Count == 2), "every endpoint is served again");
        await one.StopAsync();
    }

    private static List<string> ServedBy(IHost deliverer) =>
        [.. deliverer.Services.GetRequiredService<LineBook>().Lines.Select(line => line.Endpoint.Id).Order(StringComparer.Ordinal)];

    private static Task RecordAsync(TestStorage storage, int number, List<string> paths)
    {
        var alert = AlertEvents.Alert(number);
        return AlertEvents.RecordAsync(storage, [alert], [.. paths.Select(path => new NewDelivery(alert.Event.Id, path))]);
    }
}
