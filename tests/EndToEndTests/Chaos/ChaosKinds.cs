using CryptoScreener.LocalServers;
using CryptoScreener.LocalServers.Stack;
using CryptoScreener.Testing;

namespace CryptoScreener.EndToEndTests.Chaos;

/// <summary>All that may happen to a running screener: processes, servers, links, the exchange, a receiver and a client.</summary>
internal sealed class ChaosKinds(RunningScreener screener, ChaosLinks links, WebhookReceiver receiver, ResumingClient client)
{
    private const string Workers = "workers";
    private const string Servers = "servers";
    private const string Links = "links";
    private const string Exchange = "exchange";
    private const string Ends = "receiver and client";

    private static readonly TimeSpan LongerThanLease = TimeSpan.FromSeconds(7);

    public IReadOnlyList<ChaosFault> All() =>
    [
        .. screener.Stack.Workers.SelectMany(OfWorker),
        .. new LocalServer[] { screener.Stack.Nats, screener.Stack.Postgres, screener.Stack.Redis }.SelectMany(OfServer),
        .. links.All.SelectMany(OfLink),
        .. new[] { "drop", "half_open", "refuse", "rest_error" }.Select(OfExchange),
        new ChaosFault(Exchange, "exchange-simulator", "frozen", lasts => FrozenAsync(screener.Stack.Simulator!, lasts)),
        new ChaosFault(Ends, "receiver", "busy", async lasts =>
        {
            receiver.IsDown = true;
            await WaitAsync(lasts);
            receiver.IsDown = false;
        }),
        new ChaosFault(Ends, "client", "hangs up", _ => client.HangUpAsync()),
    ];

    private static IEnumerable<ChaosFault> OfWorker(LocalProgram worker) =>
    [
        new(Workers, worker.Name, "killed", lasts => AwayAsync(worker.Name, worker, worker.KillAsync, lasts, () => worker.StartAsync(CancellationToken.None))),
        new(Workers, worker.Name, "stopped", lasts => AwayAsync(worker.Name, worker, worker.StopAsync, lasts, () => worker.StartAsync(CancellationToken.None))),
        new(Workers, worker.Name, "frozen", lasts => FrozenAsync(worker, lasts)),
        new(Workers, worker.Name, "frozen longer than its leases last", _ => FrozenAsync(worker, LongerThanLease)),
    ];

    private static IEnumerable<ChaosFault> OfServer(LocalServer server) =>
    [
        new(Servers, server.GetType().Name, "killed", lasts => AwayAsync(server.GetType().Name, server, server.KillAsync, lasts, () => server.StartAgainAsync())),
        new(Servers, server.GetType().Name, "stopped", lasts => AwayAsync(server.GetType().Name, server, server.StopAsync, lasts, () => server.StartAgainAsync())),
        new(Servers, server.GetType().Name, "frozen", lasts => FrozenAsync(server, lasts)),
    ];

    private static IEnumerable<ChaosFault> OfLink(FaultyLink link) =>
    [
        .. new[] { LinkState.Cut, LinkState.Silent, LinkState.Slow }.Select(state => new ChaosFault(Links, link.Name, state.ToString(), async lasts =>
        {
            link.Become(state);
            await WaitAsync(lasts);
            link.Become(LinkState.Open);
        })),
        new ChaosFault(Links, link.Name, "Corrupt", _ => link.CorruptAsync()),
    ];

    private ChaosFault OfExchange(string kind) => new(Exchange, "exchange", kind, async lasts =>
    {
        await screener.OrderFaultAsync(FormattableString.Invariant($$"""{"kind":"{{kind}}","seconds":{{lasts.TotalSeconds:0.0}}}"""));
        await WaitAsync(lasts);
    });

    // What crashed before would come back with the others, and nobody would have noticed.
    private static async Task AwayAsync(string name, LocalProcess process, Func<Task> takeAsync, TimeSpan lasts, Func<Task> giveBackAsync)
    {
        Assert.True(process.IsRunning, $"{name} had ended by itself before it was taken away; its log says why");
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
