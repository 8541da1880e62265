using BenchmarkDotNet.Running;
using CryptoScreener.Benchmarks.Hosting;
using CryptoScreener.Benchmarks.Nats;
using CryptoScreener.Benchmarks.Rules;

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
    default:
        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
        return 0;
}
