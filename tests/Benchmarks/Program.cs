using System.Globalization;
using BenchmarkDotNet.Running;
using CryptoScreener.Benchmarks.Hosting;
using CryptoScreener.Benchmarks.Nats;
using CryptoScreener.Benchmarks.Rules;
using CryptoScreener.Benchmarks.Storage;

// Verbs are comparisons that take their own measure; anything else is BenchmarkDotNet's.
switch (args)
{
    case ["hosting", ..]:
        await HostingBench.RunAsync();
        return 0;
    case ["nats", ..]:
        await NatsComparison.RunAsync();
        return 0;
    case ["rules", .. var counts]:
        return RulesReport.Run(counts);
    case ["storage", .. var minutes]:
        await StorageBench.RunAsync(minutes is [var text, ..] ? int.Parse(text, CultureInfo.InvariantCulture) : 2_000);
        return 0;
    default:
        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
        return 0;
}
