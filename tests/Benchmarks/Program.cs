using BenchmarkDotNet.Running;
using CryptoScreener.Benchmarks.Nats;

// Verbs are comparisons that take their own measure; anything else is BenchmarkDotNet's.
if (args is ["nats", ..])
    await NatsComparison.RunAsync();
else
    BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
