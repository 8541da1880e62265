using BenchmarkDotNet.Running;
using CryptoScreener.Benchmarks.Hosting;
using CryptoScreener.Benchmarks.Rules;

switch (args)
{
    case ["hosting", ..]:
        await HostingBench.RunAsync();
        return 0;
    case ["rules", .. var counts]:
        return RulesReport.Run(counts);
    default:
        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
        return 0;
}
