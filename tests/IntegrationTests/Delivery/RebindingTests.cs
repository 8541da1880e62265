using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using CryptoScreener.IntegrationTests.Storage;
using CryptoScreener.IntegrationTests.Storage.Records;
using CryptoScreener.Storage.Alerts;
using CryptoScreener.Storage.Delivery;
using CryptoScreener.Testing;
using Endpoint = CryptoScreener.Storage.Delivery.Endpoint;

namespace CryptoScreener.IntegrationTests.Delivery;

/// <summary>
/// A name that answers with a good address while it is checked and with one of ours when it is connected to. 127.0.0.2, which is allowed
/// here, stands for the public address, 127.0.0.1 for what must not be reached; both listen on one port.
/// </summary>
public sealed class RebindingTests(ServersFixture servers) : IClassFixture<ServersFixture>
{
    private const string Name = "rebinding.example";
    private static readonly byte[] Taken = "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"u8.ToArray();

    [Fact]
    public async Task The_connection_goes_to_the_address_that_was_checked_whatever_the_name_says_next()
    {
        await using var storage = await TestStorage.CreateAsync(servers);
        var (allowed, forbidden) = await TwoOnOnePortAsync();
        await using var first = allowed;
        await using var second = forbidden;
        var answers = new ConcurrentQueue<string>();
        await storage.Get<EndpointStore>().SaveAsync(new Endpoint { Id = "hook", Name = "hook", Kind = "webhook", Url = $"http://{Name}:{allowed.Port}/" });
        await AlertEvents.RecordAsync(storage, [AlertEvents.Alert(1)], new NewDelivery("alert-001", "hook"));
        using var host = await Deliverer.StartAsync(storage.ConnectionString, ResolveAsync, ("Delivery:AllowedNetworks:0", "127.0.0.2/32"));
        await Eventually.TrueAsync(() => StateAsync(storage, "alert-001", DeliveryState.Delivered), "the first is delivered");
        Assert.Equal((1, 0), (allowed.Connections, forbidden.Connections));
        Assert.Equal(["127.0.0.2"], answers); // asked once: what was checked is what was connected to

        await AlertEvents.RecordAsync(storage, [AlertEvents.Alert(2)], new NewDelivery("alert-002", "hook"));
        await Eventually.TrueAsync(
            async () => (await storage.Get<DeliveryLog>().ListAsync("hook", null, null, 10)).Any(d => d is { AlertId: "alert-002", LastError: { } error } && error.Contains("not a public address", StringComparison.Ordinal)),
            "the second is refused: the name is ours now");
        Assert.Equal((1, 0), (allowed.Connections, forbidden.Connections));
        await host.StopAsync();

        Task<IPAddress[]> ResolveAsync(string host, CancellationToken stop)
        {
            Assert.Equal(Name, host);
            answers.Enqueue(answers.IsEmpty ? "127.0.0.2" : "127.0.0.1");
            return Task.FromResult<IPAddress[]>([IPAddress.Parse(answers.Last())]);
        }
    }

    private static async Task<(OddReceiver Allowed, OddReceiver Forbidden)> TwoOnOnePortAsync()
    {
        for (var tries = 1; ; tries++)
        {
            var allowed = new OddReceiver(Taken, IPAddress.Parse("127.0.0.2"));
            try
            {
                return (allowed, new OddReceiver(Taken, IPAddress.Loopback, allowed.Port));
            }
            catch (SocketException) when (tries < 50)
            {
                await allowed.DisposeAsync(); // somebody has this port at the other address
            }
        }
    }

    private static async Task<bool> StateAsync(TestStorage storage, string alert, DeliveryState state) =>
        (await storage.Get<DeliveryLog>().ListAsync("hook", state, null, 10)).Any(delivery => delivery.AlertId == alert);
}
