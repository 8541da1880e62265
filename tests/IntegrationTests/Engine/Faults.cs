using CryptoScreener.LocalServers;
using CryptoScreener.LocalServers.Stack;
using Xunit.Abstractions;

namespace CryptoScreener.IntegrationTests.Engine;

/// <summary>What may happen to two engines and the servers behind them, each once, in random order and at random distances.</summary>
internal sealed class Faults(
    Random random, ITestOutputHelper output, IReadOnlyList<LocalProgram> engines, LocalNats nats, LocalRedis redis, LocalPostgres postgres)
{
    /// <summary>Half an hour by default, which no test can wait for: only what no outage may depend on is different.</summary>
    internal const int BusRemembersSeconds = 1;

    /// <summary>A lease lasts 5 s and is looked at every 1.25 s: after this the other one has taken over.</summary>
    private static readonly TimeSpan LongerThanLease = TimeSpan.FromSeconds(7);

    internal async Task AllOnceAsync()
    {
        var faults = new (string Name, Func<Task> Happens)[]
        {
            ("one engine is killed", () => KillAsync(Any())),
            ("both engines are killed", () => Task.WhenAll(engines.Select(KillAsync))),
            ("an engine sleeps longer than its leases last", () => FreezeAsync(Any())),
            ("an engine is stopped and its partitions move", () => StopAsync(Any())),
            ("the bus is stopped", StopBusAsync),
            ("the bus is killed", () => AwayAsync(nats)),
            ("the bus is killed, for longer than it remembers what it stored", ForgetAsync),
            ("the database is away", () => AwayAsync(postgres)),
            ("Redis is away", () => AwayAsync(redis)),
            ("bus and database are away", () => Task.WhenAll(AwayAsync(nats), AwayAsync(postgres))),
        };
        random.Shuffle(faults);
        foreach (var (name, happens) in faults)
        {
            output.WriteLine(name);
            await happens();
            await WaitAsync(Pause(1_500));
        }
    }

    private LocalProgram Any() => engines[random.Next(engines.Count)];

    private async Task KillAsync(LocalProgram engine)
    {
        var pause = Pause(1_000);
        await engine.KillAsync();
        await WaitAsync(pause);
        await engine.StartAsync(CancellationToken.None);
    }

    private async Task StopAsync(LocalProgram engine)
    {
        var pause = Pause(1_000);
        await engine.StopAsync();
        await WaitAsync(pause);
        await engine.StartAsync(CancellationToken.None);
    }

    private static async Task FreezeAsync(LocalProgram engine)
    {
        await engine.FreezeAsync();
        await WaitAsync(LongerThanLease);
        await engine.ThawAsync();
    }

    /// <summary>With SIGKILL. What the bus has acknowledged it has written: only a power cut can take that.</summary>
    private async Task AwayAsync(LocalServer server)
    {
        var pause = Pause(1_000);
        await server.KillAsync();
        await WaitAsync(pause);
        await server.StartAgainAsync();
    }

    private async Task StopBusAsync()
    {
        var pause = Pause(1_000);
        await nats.StopAsync();
        await WaitAsync(pause);
        await nats.StartAgainAsync();
    }

    /// <summary>Frames and alerts of which the answer was lost are sent again to streams that no longer know their ids.</summary>
    private async Task ForgetAsync()
    {
        var pause = Pause(1_000);
        await nats.KillAsync();
        await WaitAsync(TimeSpan.FromSeconds(2 * BusRemembersSeconds) + pause);
        await nats.StartAgainAsync();
    }

    // Drawn before anything runs side by side, so that a seed repeats a run.
    private TimeSpan Pause(int mostMs) => TimeSpan.FromMilliseconds(random.Next(mostMs / 4, mostMs));

    private static Task WaitAsync(TimeSpan pause) => Task.Delay(pause, TimeProvider.System, CancellationToken.None);
}
