using System.Diagnostics;
using System.Globalization;
using CryptoScreener.Benchmarks.Report;
using CryptoScreener.LocalServers.Stack;
using CryptoScreener.Testing;

namespace CryptoScreener.Benchmarks.Gateway;

/// <summary>
/// <c>Benchmarks gateway [routes] [sockets…]</c>: the gateway as a process of its own, on real servers, fed by the bus; its sockets
/// beside the same fan-out on the npm package ws and on SignalR, all on the same core while the clients have the other.
/// <c>routes</c> alone leaves the sockets out, numbers alone the routes.
/// </summary>
internal static class GatewayBench
{
    private const int Universe = 5_000;
    private const string Routes = "routes";
    private const string Simple = "/api/v1/info";
    private const string Screener = "/api/v1/screener?filter=rsi(14,1h)%20%3C%2030%20and%20volume(1h)%20%3E%2050&sort=-change(5m)&limit=50";
    private static readonly TimeSpan CompilerEnds = TimeSpan.FromSeconds(5);
    private static readonly int[] Crowds = [1_000, 5_000];
    private static readonly NodeClient Ws = new("tests/Benchmarks/Gateway/peer-ws", "server.mjs");

    public static async Task RunAsync(string[] arguments)
    {
        var numbers = arguments.Where(text => text != Routes).ToList();
        var crowds = arguments.Length == 0 ? Crowds : [.. numbers.Select(text => int.Parse(text, CultureInfo.InvariantCulture))];
        var report = new BenchReport("gateway");
        await using var stack = new LocalScreener(new LocalScreenerOptions
        {
            LogDirectory = Repository.PathOf("artifacts", "bench", "logs", "gateway"),
            Settings = new Dictionary<string, string>
            {
                ["Logging__LogLevel__Default"] = "Warning",
                ["Realtime__ConflateMilliseconds"] = "20", // the news itself comes ten times a second: its wait for a beat is not the measure
                ["Realtime__MaxConnections"] = "100000",
                ["Realtime__ConnectsPerMinute"] = "1000000",
            },
        });
        await stack.StartServersAsync(_ => { }, CancellationToken.None);
        await using var market = await MarketOnTheBus.StartAsync(stack.Nats.Url, Universe);
        var gateway = await stack.AddWorkerAsync("api-gateway", CancellationToken.None);
        await Eventually.TrueAsync(async () => (await gateway.ReadyAsync(CancellationToken.None)).Ready, "the gateway is ready");
        await StoredHistory.FillAsync(stack.DatabaseConnection);
        await Core.PinAsync(gateway.ProcessId, 0);
        await Core.PinAsync(Environment.ProcessId, 1);

        try
        {
            if (numbers.Count == 0 || arguments.Contains(Routes)) await RoutesAsync(stack.Api, report);
            if (crowds.Length > 0) await AllCrowdsAsync(crowds, market, gateway, stack.Api, report);
        }
        finally
        {
            await Core.FreeAsync(Environment.ProcessId);
        }
    }

    private static async Task AllCrowdsAsync(int[] crowds, MarketOnTheBus market, LocalProgram gateway, Uri api, BenchReport report)
    {
        var peers = new PeerFigures();
        await peers.AddAsync("npm ws 8.18", WsAsync, peer => CrowdsAsync(peer, crowds, report, peers));
        await peers.AddAsync("SignalR", SignalRAsync, peer => CrowdsAsync(peer, crowds, report, peers));
        await using (var ours = new GatewayFanOut(market, gateway, api)) await CrowdsAsync(ours, crowds, report, peers);
        peers.ThrowIfAnyFailed();
    }

    private static async Task RoutesAsync(Uri api, BenchReport report)
    {
        var symbol = $"{MarketOnTheBus.Exchange}/{MarketOnTheBus.Id(1).Symbol}";
        var to = StoredHistory.End / 1_000;
        string[] routes =
        [
            Simple,
            $"/api/v1/metrics/{symbol}",
            $"/api/v1/candles/{symbol}?limit=1000",
            $"/udf/history?symbol={MarketOnTheBus.Exchange}:{MarketOnTheBus.Id(1).Symbol}&resolution=1&countback=300&from=0&to={to}",
            Screener,
            "/api/v1/alerts?limit=100",
            "/api/v1/rules",
            "/api/v1/catalogue",
            "/api/v1/exchanges",
            "/api/operations-overview",
        ];
        // Each for a while first, and the compiler is let to end what that gave it to do: on the one core that both have it would else be measured too.
        foreach (var route in routes) await RestLoad.WarmAsync(api, route);
        await Task.Delay(CompilerEnds, TimeProvider.System);
        foreach (var route in routes) await RestLoad.TimeAsync(api, route, report, isScreener: route == Screener);
        foreach (var route in routes) await RestLoad.RateAsync(api, route, report, isSimple: route == Simple);
    }

    private static async Task CrowdsAsync(IFanOut server, IEnumerable<int> crowds, BenchReport report, PeerFigures peers)
    {
        await Core.PinAsync(server.ProcessId, 0);
        foreach (var sockets in crowds) await FanOutLoad.MeasureAsync(server, sockets, report, peers);
    }

    private static async Task<PeerFanOut> WsAsync()
    {
        var port = LocalServers.FreePort.Next();
        var start = new ProcessStartInfo("node", ["server.mjs", Text(port)]) { WorkingDirectory = await Ws.InstalledAsync() };
        return await PeerFanOut.StartAsync("npm ws 8.18", start, new Uri($"ws://127.0.0.1:{Text(port)}/"), hello: "", greetings: 0);
    }

    private static Task<PeerFanOut> SignalRAsync()
    {
        var port = LocalServers.FreePort.Next();
        var start = new ProcessStartInfo("dotnet", [typeof(GatewayBench).Assembly.Location, "signalr-peer", Text(port)]);
        return PeerFanOut.StartAsync("SignalR", start, new Uri($"ws://127.0.0.1:{Text(port)}{SignalRPeer.Path}"), SignalRPeer.Hello, greetings: 1);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
