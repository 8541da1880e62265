using System.Globalization;
using BenchmarkDotNet.Running;
using CryptoScreener.Benchmarks.Calculation;
using CryptoScreener.Benchmarks.Collector;
using CryptoScreener.Benchmarks.Delivery;
using CryptoScreener.Benchmarks.Gateway;
using CryptoScreener.Benchmarks.Hosting;
using CryptoScreener.Benchmarks.Nats;
using CryptoScreener.Benchmarks.Page;
using CryptoScreener.Benchmarks.Replay;
using CryptoScreener.Benchmarks.Rules;
using CryptoScreener.Benchmarks.Storage;
using CryptoScreener.Benchmarks.WholeSystem;

// Verbs are comparisons that take their own measure; anything else is BenchmarkDotNet's.
var verbs = new Dictionary<string, Func<string[], Task>>
{
    ["nats"] = _ => NatsComparison.RunAsync(),
    ["storage"] = minutes => StorageBench.RunAsync(minutes is [var text, ..] ? int.Parse(text, CultureInfo.InvariantCulture) : StorageBench.DefaultMinutes),
    ["calculation"] = _ => CalculationBench.RunAsync(),
    ["restart"] = RestartBench.RunAsync,
    ["rules"] = counts =>
    {
        RulesReport.Run(counts);
        return Task.CompletedTask;
    },
    ["replay"] = ReplayBench.RunAsync,
    ["hosting"] = _ => HostingBench.RunAsync(),
    ["delivery"] = _ => DeliveryBench.RunAsync(),
    ["collector"] = CollectorBench.RunAsync,
    ["gateway"] = GatewayBench.RunAsync,
    ["page"] = PageBench.RunAsync,
    ["system"] = SystemBench.RunAsync,
};

switch (args)
{
    case ["signalr-peer", .. var rest]:
        await SignalRPeer.RunAsync(rest); // a process that "gateway" starts
        break;
    case ["all"]:
        foreach (var run in verbs.Values) await run([]);
        break;
    case [var verb, .. var rest] when verbs.TryGetValue(verb, out var run):
        await run(rest);
        break;
    default:
        BenchmarkSwitcher.FromAssembly(typeof(DeliveryBench).Assembly).Run(args);
        break;
}
