using System.Diagnostics;
using CryptoScreener.LocalServers;
using CryptoScreener.LocalServers.Stack;

namespace CryptoScreener.Launcher;

/// <summary>Brings everything up, step by step in view.</summary>
internal static class Startup
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    public static async Task RunAsync(LocalScreener screener, bool real, LaunchView view, CancellationToken stop)
    {
        var clock = Stopwatch.StartNew();
        await screener.StartServersAsync(server => view.Step(server, "starting"), stop);
        view.Step("nats", "ready", screener.Nats.Url);
        view.Step("redis", "ready", screener.Redis.Configuration);
        view.Step("postgres", "ready", $"127.0.0.1:{screener.Postgres.Port}");
        await screener.StartExchangeAsync(stop);
        await UntilSimulatedAsync(screener, clock, stop);
        view.Step("exchange", "ready", $"{string.Join(", ", screener.Exchanges)}, {(real ? "real" : $"SIMULATED, {screener.SimulatorApi}")}");
        await screener.StartWorkersAsync(stop);
        await Task.WhenAll(screener.Workers.Select(w => UntilReadyAsync(w, view, clock, stop)));
        view.Say($"Ready after {clock.Elapsed.TotalSeconds:0.0} s.");
    }

    private static async Task UntilSimulatedAsync(LocalScreener screener, Stopwatch clock, CancellationToken stop)
    {
        while (screener.Simulator is { } simulator && !await screener.IsSimulatorUpAsync(stop))
        {
            if (!simulator.IsRunning || clock.Elapsed > Patience)
                throw new LocalServerException($"The simulator did not start. Its last words are in {simulator.LogFile}:{Environment.NewLine}{LogTail.Of(simulator.LogFile)}");
            await Task.Delay(Poll, TimeProvider.System, stop);
        }
    }

    private static async Task UntilReadyAsync(LocalProgram worker, LaunchView view, Stopwatch clock, CancellationToken stop)
    {
        view.Step(worker.Name, "starting");
        while (true)
        {
            var (ready, said) = await worker.ReadyAsync(stop);
            if (ready) break;
            if (!worker.IsRunning) throw new LocalServerException($"{worker.Name} ended. Its last words are in {worker.LogFile}:{Environment.NewLine}{LogTail.Of(worker.LogFile)}");
            if (clock.Elapsed > Patience) throw new LocalServerException($"{worker.Name} did not become ready: {said}{Environment.NewLine}Its log: {worker.LogFile}");
            await Task.Delay(Poll, TimeProvider.System, stop);
        }

        view.Step(worker.Name, "ready", $"http://127.0.0.1:{worker.HealthPort}/metrics");
    }
}
