using CryptoScreener.IntegrationTests.Storage;
using CryptoScreener.IntegrationTests.Storage.Records;
using CryptoScreener.LocalServers;
using CryptoScreener.LocalServers.Stack;
using CryptoScreener.Storage.Alerts;
using CryptoScreener.Storage.Delivery;
using CryptoScreener.Testing;
using Npgsql;
using Xunit.Abstractions;
using Endpoint = CryptoScreener.Storage.Delivery.Endpoint;

namespace CryptoScreener.IntegrationTests.Delivery;

/// <summary>Engines killed with -9, a database that goes away, receivers that fail: nothing is lost, and ids repeat only as retries.</summary>
public sealed class KilledDelivererTests(ServersFixture servers, ITestOutputHelper output) : IClassFixture<ServersFixture>
{
    private const int Endpoints = 20;
    private const int Alerts = 250;
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    [Fact]
    public async Task Every_delivery_arrives_under_its_id_through_kills_of_engines_database_and_receivers()
    {
        var random = Seeded.Random(output);
        await using var postgres = await LocalPostgres.StartAsync(ServersFixture.NewPostgres());
        await using var storage = new TestStorage(await postgres.CreateDatabaseAsync("kills"));
        await using var receivers = await Receivers.StartAsync();
        var expected = await FillAsync(storage, receivers);
        var engines = Enumerable.Range(0, 2).Select(i => Engine($"deliver-{i}", storage.ConnectionString)).ToList();
        foreach (var engine in engines) await engine.StartAsync(CancellationToken.None);

        for (var round = 0; round < 6; round++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(300, 1_500)), TimeProvider.System);
            receivers.IsDown = random.Next(2) == 0;
            var engine = engines[random.Next(engines.Count)];
            await engine.KillAsync();
            if (round == 3)
            {
                await postgres.StopAsync();
                await postgres.StartAgainAsync();
            }

            await engine.StartAsync(CancellationToken.None);
        }

        receivers.IsDown = false;
        await Eventually.TrueAsync(() => IsOverAsync(storage), "everything is delivered");
        foreach (var engine in engines) await engine.DisposeAsync();

        foreach (var (path, ids) in expected)
        {
            Assert.Equal(ids.Order(), receivers.AcceptedBy(path).Select(request => request.Id).Distinct().Order());
            // The same id is always the same message.
            Assert.All(receivers.RequestsTo(path).GroupBy(request => request.Id), repeats => Assert.Single(repeats.Select(r => r.Body).Distinct()));
        }
    }

    private static async Task<bool> IsOverAsync(TestStorage storage)
    {
        try
        {
            // Instead of waiting for the ends of dead engines' claims and for retries hours later.
            await storage.ExecuteAsync("""
                UPDATE deliveries SET due_at = now() WHERE state = 0 AND due_at > now() AND (claimed_until IS NULL OR claimed_until < now() + interval '35 seconds')
                """);
            return await storage.ScalarAsync<long>("SELECT count(*) FROM deliveries WHERE state <> 1") == 0;
        }
        catch (NpgsqlException)
        {
            return false; // our own connections were cut too
        }
    }

    private static async Task<Dictionary<string, string[]>> FillAsync(TestStorage storage, Receivers receivers)
    {
        var paths = Enumerable.Range(0, Endpoints).Select(i => $"/{(i % 2 == 0 ? "ok" : "flapping")}/{i}").ToList();
        foreach (var path in paths)
        {
            await storage.Get<EndpointStore>().SaveAsync(
                new Endpoint { Id = path, Name = path, Kind = "webhook", Url = new Uri(receivers.Address, path).ToString(), Secrets = [Secret] });
        }

        var alerts = Enumerable.Range(0, Alerts).Select(i => AlertEvents.Alert(i)).ToList();
        var deliveries = alerts.SelectMany(alert => paths.Select(path => new NewDelivery(alert.Event.Id, path))).ToList();
        await AlertEvents.RecordAsync(storage, alerts, deliveries);
        return deliveries.GroupBy(d => d.EndpointId).ToDictionary(g => g.Key, g => g.Select(d => d.Id).ToArray(), StringComparer.Ordinal);
    }

    private LocalProgram Engine(string name, string database)
    {
        var port = FreePort.Next();
        return new LocalProgram(name, "AlertEngine", port, Repository.PathOf("artifacts", "delivery", name), new Dictionary<string, string>
        {
            ["Hosting__BindAddress"] = "127.0.0.1",
            ["Hosting__MetricsPort"] = $"{port}",
            ["Messaging__Url"] = servers.Nats.Url,
            ["Storage__ConnectionString"] = database,
            ["Delivery__AllowHttp"] = "true",
            ["Delivery__AllowedNetworks__0"] = "127.0.0.0/8",
            ["Delivery__TimeoutSeconds"] = "5",
        }, ["--role=deliver"]);
    }
}
