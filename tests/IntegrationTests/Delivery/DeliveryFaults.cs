using CryptoScreener.IntegrationTests.Storage;
using CryptoScreener.LocalServers;
using CryptoScreener.LocalServers.Stack;
using CryptoScreener.Testing;
using Npgsql;
using Xunit.Abstractions;

namespace CryptoScreener.IntegrationTests.Delivery;

/// <summary>What may happen while deliveries are under way: engines, database and receivers are killed, in random order and at random distances.</summary>
internal sealed class DeliveryFaults(
    Random random, ITestOutputHelper output, IReadOnlyList<LocalProgram> engines, LocalPostgres postgres, KillableReceivers receivers, TestStorage storage)
{
    private const int Kinds = 5;

    /// <summary>How often engines were killed: each time some attempts were made that nobody could note.</summary>
    public int Kills { get; private set; }

    public async Task RunAsync(int rounds)
    {
        // Every kind in each five rounds, however the dice fall.
        for (var round = 0; round < rounds; round += Kinds)
        {
            var kinds = Enumerable.Range(0, Kinds).ToArray();
            random.Shuffle(kinds);
            foreach (var kind in kinds.Take(rounds - round)) await OneAsync(kind, Pause(1_500), Pause(500));
        }
    }

    /// <summary>Kills every engine. What they had claimed is free at once: nobody is left who could write for those claims.</summary>
    public async Task KillEnginesAsync()
    {
        Kills++;
        foreach (var engine in engines) await engine.KillAsync();
        await Eventually.TrueAsync(FreeClaimsAsync, "what they had claimed is free");
    }

    public Task StartEnginesAsync() => Task.WhenAll(engines.Select(engine => engine.StartAsync(CancellationToken.None)));

    private async Task OneAsync(int kind, TimeSpan before, TimeSpan away)
    {
        await WaitAsync(before);
        switch (kind)
        {
            case 0:
                output.WriteLine("an engine is killed");
                Kills++;
                var engine = engines[random.Next(engines.Count)];
                await engine.KillAsync();
                await WaitAsync(away);
                await engine.StartAsync(CancellationToken.None);
                break;
            case 1:
                output.WriteLine("all engines are killed");
                await KillEnginesAsync();
                await StartEnginesAsync();
                break;
            case 2:
                output.WriteLine("the database is killed");
                await postgres.KillAsync();
                await WaitAsync(away);
                await postgres.StartAgainAsync();
                break;
            case 3:
                output.WriteLine("the receivers are killed");
                await receivers.KillAsync();
                await WaitAsync(away);
                await receivers.StartAsync();
                break;
            default:
                output.WriteLine("some receivers are busy");
                receivers.IsDown = true;
                await WaitAsync(away);
                receivers.IsDown = false;
                break;
        }
    }

    private async Task<bool> FreeClaimsAsync()
    {
        try
        {
            await storage.ExecuteAsync("UPDATE deliveries SET due_at = now(), claimed_until = NULL, claim_id = NULL WHERE claim_id IS NOT NULL");
            return true;
        }
        catch (NpgsqlException)
        {
            return false; // our own connections were cut when the database was killed
        }
    }

    private TimeSpan Pause(int mostMs) => TimeSpan.FromMilliseconds(random.Next(mostMs / 4, mostMs));

    private static Task WaitAsync(TimeSpan pause) => Task.Delay(pause, TimeProvider.System, CancellationToken.None);
}
