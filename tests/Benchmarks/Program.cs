using System.Globalization;
using BenchmarkDotNet.Running;
using CryptoScreener.Benchmarks.Calculation;
using CryptoScreener.Benchmarks.Collector;
using CryptoScreener.Benchmarks.Delivery;
using CryptoScreener.Benchmarks.Faults;
using CryptoScreener.Benchmarks.Gateway;
using CryptoScreener.Benchmarks.Hosting;
using CryptoScreener.Benchmarks.Micro;
using CryptoScreener.Benchmarks.Nats;
using CryptoScreener.Benchmarks.Page;
using CryptoScreener.Benchmarks.Replay;
using CryptoScreener.Benchmarks.Report;
using CryptoScreener.Benchmarks.Rules;
using CryptoScreener.Benchmarks.Storage;
using CryptoScreener.Benchmarks.WholeSystem;
using CryptoScreener.Benchmarks.WholeSystem.Load;

// Verbs are comparisons that take their own measure; anything else is BenchmarkDotNet's.
var verbs = new Dictionary<string, Func<string[], Task>>
{
    ["micro"] = MicroBench.RunAsync,
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
    ["idle"] = _ => IdleBench.RunAsync(),
    ["system"] = SystemBench.RunAsync,
    ["load"] = LoadBench.RunAsync,
    ["chaos"] = ChaosBench.RunAsync,
};

// What says most in five minutes, the quickest first.
(string, string[])[] quick =
[
    ("micro", []), ("rules", ["10", "1000", "20000"]), ("storage", ["1000"]), ("hosting", []), ("restart", ["100"]), ("calculation", []),
    ("delivery", []), ("system", ["quick"]),
];
var quickLength = TimeSpan.FromMinutes(3); // the last to begin takes two

switch (args)
{
    case ["signalr-peer", .. var rest]:
        await SignalRPeer.RunAsync(rest); // a process that "gateway" starts
        return 0;
    case ["all"]:
        return await new BenchPlan([.. verbs.Keys.Select(verb => (verb, Array.Empty<string>()))], verbs).RunAsync() ? 0 : 1;
    case ["quick"]:
        return await new BenchPlan(quick, verbs).RunAsync(quickLength) ? 0 : 1;
    case [_, _, ..] when args.All(verbs.ContainsKey):
        return await new BenchPlan([.. args.Select(verb => (verb, Array.Empty<string>()))], verbs).RunAsync() ? 0 : 1;
    case [var verb, .. var rest] when verbs.TryGetValue(verb, out var run):
        await run(rest);
        foreach (var worse in BenchRun.Failed) Console.Error.WriteLine(worse);
        return BenchRun.Failed.Count == 0 ? 0 : 1;
    default:
        BenchmarkSwitcher.FromAssembly(typeof(DeliveryBench).Assembly).Run(args);
        return 0;
}
