using System.Security.Cryptography;
using CryptoScreener.AlertEngine.Delivery;
using CryptoScreener.IntegrationTests.Storage;
using CryptoScreener.Storage.Connections;
using CryptoScreener.Storage.Delivery;
using CryptoScreener.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Endpoint = CryptoScreener.Storage.Delivery.Endpoint;

namespace CryptoScreener.IntegrationTests.Delivery;

/// <summary>The key of the secrets is changed as docs/delivery.md says, several processes at work: at no step is anything shut.</summary>
public sealed class KeyChangeTests(ServersFixture servers) : IClassFixture<ServersFixture>
{
    private readonly string _old = $"old:{Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))}";
    private readonly string _new = $"new:{Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))}";

    [Fact]
    public async Task What_a_gateway_saves_under_the_former_key_after_the_engine_has_sealed_is_sealed_anew_without_a_restart()
    {
        var database = await servers.CreateDatabaseAsync();
        await using var before = Process(database, _old);
        await before.Get<EndpointStore>().SaveAsync(Hook("first", "https://first.example/"));

        // The second step: the engine was restarted with the new key first, a gateway not yet.
        await using var engine = Process(database, _new, _old);
        await using var gateway = Process(database, _old, _new);
        var time = new ManualTime();
        var sealer = new SecretSealer(engine.Get<EndpointStore>(), engine.Get<WhenAvailable>(), time, NullLogger<SecretSealer>.Instance);
        using var stop = new CancellationTokenSource();
        var running = sealer.RunAsync(stop.Token);
        await Eventually.TrueAsync(() => IsSealedAsync(engine, "first"), "the start seals what is there");

        await gateway.Get<EndpointStore>().SaveAsync(Hook("second", "https://second.example/"));
        await gateway.Get<EndpointStore>().RotateSecretAsync("first", "from the gateway");
        Assert.False(await IsSealedAsync(engine, "second"));
        await Eventually.TrueAsync(
            time,
            SecretSealer.Interval,
            async () => await IsSealedAsync(engine, "first") && await IsSealedAsync(engine, "second"),
            "a later round seals what came since");
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);

        // The old key is gone.
        await using var after = Process(database, _new);
        var all = await after.Get<EndpointStore>().ListAsync();
        Assert.Equal(["https://first.example/", "https://second.example/"], all.Select(endpoint => endpoint.Url));
        Assert.Equal(["from the gateway", "signs first"], all[0].Secrets);
    }

    [Fact]
    public async Task Who_has_the_new_key_behind_the_old_one_opens_what_others_seal_with_it()
    {
        var database = await servers.CreateDatabaseAsync();
        await using var first = Process(database, _new, _old);
        await using var last = Process(database, _old, _new);
        await first.Get<EndpointStore>().SaveAsync(Hook("hook", "https://hook.example/"));
        Assert.False((await last.Get<EndpointStore>().FindAsync("hook"))!.IsLocked);
    }

    private static TestStorage Process(string database, params string[] keys) =>
        new(database, [.. keys.Select((key, i) => ($"SecretKeys:{i}", key))]);

    private static Task<bool> IsSealedAsync(TestStorage storage, string id) =>
        storage.ScalarAsync<bool>($"SELECT bool_and(starts_with(text, 'sealed.v1.new.')) FROM endpoints, unnest(secrets || url) AS text WHERE id = '{id}'");

    private static Endpoint Hook(string id, string url) => new() { Id = id, Name = id, Kind = "webhook", Url = url, Secrets = [$"signs {id}"] };
}
