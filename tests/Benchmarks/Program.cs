using BenchmarkDotNet.Running;
using CryptoScreener.Benchmarks.Hosting;

if (args is ["hosting", ..])
{
    await HostingBench.RunAsync();
    return;
}

BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
