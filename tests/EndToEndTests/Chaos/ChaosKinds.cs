using CryptoScreener.LocalServers;
using CryptoScreener.LocalServers.Stack;
using CryptoScreener.Testing;

namespace CryptoScreener.EndToEndTests.Chaos;

/// <summary>All that may happen to a running screener: processes, servers, links, the exchange, a receiver and a client.</summary>
internal sealed class ChaosKinds(RunningScreener screener, ChaosLinks links, WebhookReceiver receiver, ResumingClient client)
{
    private static readonly TimeSpan LongerThanLease = TimeSpan.FromSeconds(7);

    public IReadOnlyList<ChaosFault> All() =>
    [
        .. screener.Stack.Workers.SelectMany(OfWorker),
        .. new LocalServer[] { screener.Stack.Nats, screener.Stack.Postgres, screener.Stack.Redis }.SelectMany(OfServer),
        .. links.All.SelectMany(OfLink),
        .. new[] { "drop", "half_open", "refuse", "rest_error" }.Select(OfExchange),
        new ChaosFault("exchange-simulator", "frozen", lasts => FrozenAsync(screener.Stack.Simulator!, lasts)),
        new ChaosFault("receiver", "busy", async lasts =>
        {
            receiver.IsDown = true;
            await WaitAsync(lasts);
            receiver.IsDown = false;
        }),
        new ChaosFault("client", "hangs up", _ => client.HangUpAsync()),
    ];

    private static IEnumerable<ChaosFault> OfWorker(LocalProgram worker) =>
    [
        new(worker.Name, "killed", lasts => AwayAsync(worker.KillAsync, lasts, () => worker.StartAsync(CancellationToken.None))),
        new(worker.Name, "stopped", lasts => AwayAsync(worker.StopAsync, lasts, () => worker.StartAsync(CancellationToken.None))),
        new(worker.Name, "frozen", lasts => FrozenAsync(worker, lasts)),
        new(worker.Name, "frozen longer than its leases last", _ => FrozenAsync(worker, LongerThanLease)),
    ];

    private static IEnumerable<ChaosFault> OfServer(LocalServer server) =>
    [
        new(server.GetType().Name, "killed", lasts => AwayAsync(server.KillAsync, lasts, () => server.StartAgainAsync())),
        new(server.GetType().Name, "stopped", lasts => AwayAsync(server.StopAsync, lasts, () => server.StartAgainAsync())),
        new(server.GetType().Name, "frozen", lasts => FrozenAsync(server, lasts)),
    ];

    private static IEnumerable<ChaosFault> OfLink(FaultyLink link) =>
    [
        .. new[] { LinkState.Cut, LinkState.Silent, LinkState.Slow }.Select(state => new ChaosFault(link.Name, state.ToString(), async lasts =>
        {
            link.Become(state);
            await WaitAsync(lasts);
            link.Become(LinkState.Open);
        })),
        new ChaosFault(link.Name, "Corrupt", _ => link.CorruptAsync()),
    ];

    private ChaosFault OfExchange(string kind) => new("exchange", kind, async lasts =>
    {
        await screener.OrderFaultAsync(FormattableString.Invariant($$"""{"kind":"{{kind}}","seconds":{{lasts.TotalSeconds:0.0}}}"""));
        await WaitAsync(lasts);
    });

    private static async Task AwayAsync(Func<Task> takeAsync, TimeSpan lasts, Func<Task> giveBackAsync)
    {
        await takeAsync();
        await WaitAsync(lasts);
        await giveBackAsync();
    }

    private static async Task FrozenAsync(LocalProcess process, TimeSpan lasts)
    {
        await process.FreezeAsync();
        await WaitAsync(lasts);
        await process.ThawAsync();
    }

    private static Task WaitAsync(TimeSpan time) => Task.Delay(time, TimeProvider.System, CancellationToken.None);
}
