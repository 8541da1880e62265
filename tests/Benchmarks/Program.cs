if (args is ["rules", .. var counts]) return CryptoScreener.Benchmarks.Rules.RulesReport.Run(counts);
BenchmarkDotNet.Running.BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
return 0;
