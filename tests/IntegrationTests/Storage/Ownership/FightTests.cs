using System.Diagnostics.CodeAnalysis;
using CryptoScreener.LocalServers;
using CryptoScreener.Storage.Connections;
using CryptoScreener.Storage.Ownership;
using CryptoScreener.Testing;
using Xunit.Abstractions;

namespace CryptoScreener.IntegrationTests.Storage.Ownership;

[SuppressMessage("Security", "CA5394", Justification = "Chooses when to kill; the seed is printed.")]
public sealed class FightTests(ServersFixture servers, ITestOutputHelper output) : IClassFixture<ServersFixture>
{
    private const int MaxFaults = 40;
    private static readonly TimeSpan LongerThanLeasesLive = PartitionOwner.TimeToLive * 2;

    /// <summary>After an outage the second to come back has so long: more than a busy machine ever keeps it waiting.</summary>
    private static readonly TimeSpan LongLife = PartitionOwner.TimeToLive * 4;

    [Fact]
    public async Task Owners_that_are_killed_and_paused_lose_and_double_nothing()
    {
        var random = Seeded.Random(output);
        await using var storage = await TestStorage.CreateAsync(servers);
        var effects = new Effects(storage);
        await effects.MakeTableAsync();
        var owners = new List<HelperProcess.HelperProcess>();
        var names = 0;
        for (var i = 0; i < 3; i++) owners.Add(await StartOwnerAsync(storage, names++));

        var faults = 0;
        for (; await effects.CountAsync() < Effects.Partitions * Effects.Messages && faults < MaxFaults; faults++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(50, 400)), TimeProvider.System);
            var victim = random.Next(owners.Count);
            if (random.Next(2) == 0)
            {
                await owners[victim].KillAsync();
                owners[victim] = await StartOwnerAsync(storage, names++);
            }
            else
            {
                await owners[victim].PauseAsync(); // longer than its leases live: it wakes up as an owner that no longer is one
                await Task.Delay(LongerThanLeasesLive, TimeProvider.System);
                await owners[victim].ContinueAsync();
            }
        }

        await Eventually.TrueAsync(async () => await effects.CountAsync() >= Effects.Partitions * Effects.Messages, "every message took effect");
        foreach (var owner in owners) Assert.Equal(0, await owner.FinishAsync());
        output.WriteLine($"{faults} faults; highest epoch {await storage.ScalarAsync<long>("SELECT max(epoch) FROM effects")}");
        await effects.AssertEachTookPlaceOnceAsync();
        await effects.AssertOwnersFollowedEachOtherAsync();
    }

    [Fact]
    public async Task While_the_database_is_away_owners_go_on_and_nobody_takes_over()
    {
        await using var postgres = await LocalPostgres.StartAsync(ServersFixture.NewPostgres());
        await using var storage = new TestStorage(await postgres.CreateDatabaseAsync("away"));
        var effects = new Effects(storage);
        await effects.MakeTableAsync();
        await storage.ExecuteAsync("CREATE ROLE worker LOGIN; GRANT ALL ON ALL TABLES IN SCHEMA public TO worker");
        await using var one = new TestStorage(storage.ConnectionString.Replace("Username=screener", "Username=worker", StringComparison.Ordinal));
        await using var two = new TestStorage(one.ConnectionString);
        using var stop = new CancellationTokenSource();
        Task[] runs =
        [
            PartitionOwner.RunAsync(one, Options("one"), stop.Token),
            PartitionOwner.RunAsync(two, Options("two"), stop.Token),
        ];
        await Eventually.TrueAsync(async () => await OwnersAsync(storage) is ["one", "one", "one", "two", "two", "two"], "both own half");
        var before = await LeasesAsync(storage);

        await postgres.KillAsync();
        await Task.Delay(LongLife + PartitionOwner.TimeToLive, TimeProvider.System); // all leases have expired
        await postgres.StartAgainAsync();
        await RenewedAsync();
        // The server is up, the way to it is cut.
        await storage.Get<WhenAvailable>().RunAsync("test", _ => storage.ExecuteAsync(
            "ALTER ROLE worker CONNECTION LIMIT 0; SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'worker'"), CancellationToken.None);
        await Eventually.TrueAsync(() => storage.ScalarAsync<bool>("SELECT max(expires_at) < now() FROM leases"), "all leases have expired");
        await storage.ExecuteAsync("ALTER ROLE worker CONNECTION LIMIT -1");

        await RenewedAsync();
        await Eventually.TrueAsync(async () => await effects.CountAsync() >= Effects.Partitions * Effects.Messages, "every message took effect");
        Assert.Equal(before, await LeasesAsync(storage));
        await stop.CancelAsync();
        await Task.WhenAll(runs);
        await effects.AssertEachTookPlaceOnceAsync();

        // From here on nobody could take one over.
        Task RenewedAsync() => storage.Get<WhenAvailable>().RunAsync("test", _ => Eventually.TrueAsync(
            () => storage.ScalarAsync<bool>("SELECT min(expires_at) > now() FROM leases"), "all leases are renewed"), CancellationToken.None);
    }

    private static LeaseOptions Options(string owner) => new("test", owner, Effects.Partitions) { TimeToLive = LongLife };

    private static async Task<HelperProcess.HelperProcess> StartOwnerAsync(TestStorage storage, int name)
    {
        var owner = HelperProcess.HelperProcess.Start("own-partitions", storage.ConnectionString, $"owner-{name:00}");
        Assert.Equal("running", await owner.ReadLineAsync());
        return owner;
    }

    private static Task<string[]> OwnersAsync(TestStorage storage) =>
        storage.ScalarAsync<string[]>("SELECT coalesce(array_agg(owner ORDER BY owner), '{}') FROM leases WHERE owner IS NOT NULL");

    private static Task<string[]> LeasesAsync(TestStorage storage) =>
        storage.ScalarAsync<string[]>("SELECT array_agg(partition || ' ' || owner || ' ' || epoch ORDER BY partition) FROM leases");
}
