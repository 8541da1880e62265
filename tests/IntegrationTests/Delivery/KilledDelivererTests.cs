using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using CryptoScreener.Contracts.Bus;
using CryptoScreener.Contracts.Instruments;
using CryptoScreener.Contracts.Json;
using CryptoScreener.IntegrationTests.Messaging;
using CryptoScreener.IntegrationTests.Storage;
using CryptoScreener.IntegrationTests.Storage.Records;
using CryptoScreener.LocalServers;
using CryptoScreener.LocalServers.Stack;
using CryptoScreener.Storage.Alerts;
using CryptoScreener.Storage.Connections;
using CryptoScreener.Storage.Delivery;
using CryptoScreener.Testing;
using Npgsql;
using Xunit.Abstractions;
using Endpoint = CryptoScreener.Storage.Delivery.Endpoint;

namespace CryptoScreener.IntegrationTests.Delivery;

/// <summary>
/// Engines, database and receivers are killed with -9 while alerts come in and go out: nothing is lost, ids repeat only as retries, and
/// an endpoint that is gone is left alone. Ten thousand alerts to fifty endpoints: <c>make delivery-faults</c>.
/// </summary>
public sealed class KilledDelivererTests(ITestOutputHelper output)
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly int Alerts = Setting("SCREENER_DELIVERY_ALERTS", 300);
    private static readonly int Endpoints = Setting("SCREENER_DELIVERY_ENDPOINTS", 20);
    private static readonly int Rounds = Setting("SCREENER_DELIVERY_ROUNDS", 5);

    [Fact]
    public async Task Every_delivery_arrives_under_its_id_through_kills_of_engines_database_and_receivers()
    {
        var random = Seeded.Random(output);
        await using var nats = await LocalNats.StartAsync();
        await using var postgres = await LocalPostgres.StartAsync(ServersFixture.NewPostgres());
        await using var storage = new TestStorage(await postgres.CreateDatabaseAsync("kills"));
        await using var receivers = new KillableReceivers();
        await receivers.StartAsync();
        await using var bus = await TestBus.StartAsync(nats);
        var paths = Enumerable.Range(0, Endpoints).Select(i => $"/{TemperOf(i)}/{i}").ToList();
        foreach (var path in paths) await AddAsync(storage, path, receivers.AddressOf(path));
        var engines = Enumerable.Range(0, 2).Select(i => Engine($"deliver-{i}", nats, storage.ConnectionString)).ToList();
        var faults = new DeliveryFaults(random, output, engines, postgres, receivers, storage);
        await faults.StartEnginesAsync();

        var publishing = PublishAsync(bus, 0, Alerts / 2);
        await faults.RunAsync(Rounds);
        await publishing;
        List<string> gone = [.. paths.Where(path => path.StartsWith("/gone", StringComparison.Ordinal))];
        await EventuallyAsync(storage, "SELECT count(*) FROM endpoints WHERE enabled AND id LIKE '/gone%'", "those that are gone are switched off");
        await faults.KillEnginesAsync();
        var toGone = gone.Sum(receivers.RequestsTo);
        Assert.All(gone, path => Assert.InRange(receivers.RequestsTo(path), KillableReceivers.TakenBeforeGone + 1, int.MaxValue));
        // What was recorded for them a moment before is there, and more alerts come: neither goes to them.
        await storage.ExecuteAsync("UPDATE deliveries SET state = 0, due_at = now(), finished_at = NULL WHERE endpoint_id LIKE '/gone%' AND state = 2");
        await faults.StartEnginesAsync();
        await PublishAsync(bus, Alerts / 2, Alerts);
        await EventuallyAsync(storage, $"SELECT {Alerts} - count(*) FROM alerts", "all alerts are recorded");
        await EventuallyAsync(storage, "SELECT count(*) FROM deliveries WHERE state = 0", "all deliveries have ended");
        foreach (var engine in engines) await engine.DisposeAsync();

        var attempts = await AttemptsAsync(storage);
        var retries = receivers.ById.Values.Sum(heard => heard.Requests - 1);
        output.WriteLine($"{attempts.Count} deliveries, {receivers.ById.Count} ids heard, {retries} repeats, {faults.Kills} kills of engines");
        var expected = Enumerable.Range(0, Alerts).SelectMany(i => paths.Except(gone), (i, path) => new NewDelivery(AlertEvents.Alert(i).Event.Id, path).Id).ToList();
        Assert.Empty(expected.Where(id => receivers.ById.GetValueOrDefault(id)?.Taken is null or 0).Take(10));
        Assert.Empty(receivers.ById.Keys.Except(attempts.Keys).Take(10));
        Assert.Empty(receivers.ById.Where(heard => heard.Value.IsContradicted).Take(10));
        // A request beyond the noted attempts was cut off with its engine; one that was noted as done is never repeated.
        Assert.Empty(receivers.ById.Where(heard => heard.Value.Requests > attempts[heard.Key] + faults.Kills).Take(10));
        Assert.Equal(toGone, gone.Sum(receivers.RequestsTo));
    }

    private static async Task PublishAsync(TestBus bus, int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            var alert = AlertEvents.Alert(i).Event;
            var subject = Subjects.Alert(new InstrumentId(alert.Exchange, alert.Symbol), alert.RuleId, alert.Id);
            await bus.Once.PublishAsync(subject, JsonSerializer.SerializeToUtf8Bytes(alert, ContractsJson.Default.AlertEvent), CancellationToken.None);
        }
    }

    /// <summary>Waits until nothing is left, as long as it becomes less.</summary>
    private static async Task EventuallyAsync(TestStorage storage, string left, string what)
    {
        var (least, since) = (long.MaxValue, Stopwatch.GetTimestamp());
        while (await LeftAsync(storage, left) is var now && now != 0)
        {
            if (now < least) (least, since) = (now, Stopwatch.GetTimestamp());
            Assert.True(Stopwatch.GetElapsedTime(since) < Patience, $"For {Patience.TotalSeconds} s nothing came nearer to: {what}; {least} left");
            await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System, CancellationToken.None);
        }
    }

    private static async Task<long> LeftAsync(TestStorage storage, string left)
    {
        try
        {
            // Instead of waiting for retries minutes and hours later.
            await storage.ExecuteAsync("UPDATE deliveries SET due_at = now() WHERE state = 0 AND due_at > now() + interval '1 second' AND claim_id IS NULL");
            return await storage.ScalarAsync<long>(left);
        }
        catch (NpgsqlException)
        {
            return long.MaxValue; // our own connections were cut too
        }
    }

    private static Task<Dictionary<string, int>> AttemptsAsync(TestStorage storage) => storage.Get<Database>().RunAsync("attempts", async connection =>
    {
        await using var command = connection.Sql("SELECT id, attempts FROM deliveries");
        var rows = await command.ToListAsync(reader => (Id: reader.GetString(0), Attempts: reader.GetInt32(1)), CancellationToken.None);
        return rows.ToDictionary(row => row.Id, row => row.Attempts, StringComparer.Ordinal);
    }, CancellationToken.None);

    private static Task AddAsync(TestStorage storage, string path, string url) =>
        storage.Get<EndpointStore>().SaveAsync(new Endpoint { Id = path, Name = path, Kind = "webhook", Url = url, Secrets = [Secret] });

    private static string TemperOf(int endpoint) => (endpoint % 10) switch { 0 => "gone", 1 => "slow", < 5 => "flapping", _ => "ok" };

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value) ? value : otherwise;

    private static LocalProgram Engine(string name, LocalNats nats, string database)
    {
        var port = FreePort.Next();
        return new LocalProgram(name, "AlertEngine", port, Repository.PathOf("artifacts", "delivery", name), new Dictionary<string, string>
        {
            ["Hosting__BindAddress"] = "127.0.0.1",
            ["Hosting__MetricsPort"] = $"{port}",
            ["Messaging__Url"] = nats.Url,
            ["Messaging__StreamMegabytes"] = "64",
            ["Storage__ConnectionString"] = database,
            ["Delivery__AllowHttp"] = "true",
            ["Delivery__AllowedNetworks__0"] = "127.0.0.0/8",
            ["Delivery__TimeoutSeconds"] = "5",
        }, ["--role=record,deliver"]);
    }
}
