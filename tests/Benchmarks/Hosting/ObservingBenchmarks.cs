using System.Diagnostics.Metrics;
using BenchmarkDotNet.Attributes;
using CryptoScreener.Hosting.Health;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CryptoScreener.Benchmarks.Hosting;

/// <summary>What every message pays for being observable when nobody looks: a log call below its level, counters, a heartbeat.</summary>
[MemoryDiagnoser]
public class ObservingBenchmarks
{
    private readonly ILogger _logger = LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Information)).CreateLogger("Bench");
    private readonly KeyValuePair<string, object?> _tag = new("exchange", "binance-futures");
    private readonly Counter<long> _counter;
    private readonly Heartbeat _heart;

    public ObservingBenchmarks()
    {
        var services = new ServiceCollection().AddMetrics().AddLogging().AddSingleton(TimeProvider.System).AddSingleton<HeartbeatRegistry>().BuildServiceProvider();
        _counter = services.GetRequiredService<IMeterFactory>().Create("CryptoScreener.Bench").CreateCounter<long>("bench_candles");
        _heart = services.GetRequiredService<HeartbeatRegistry>().Watch("bench", TimeSpan.FromMinutes(1));
    }

    [Benchmark]
    public void LogBelowLevel() => Log.Quiet(_logger, "BTCUSDT", 61_000.5);

    [Benchmark]
    public void Count() => _counter.Add(1);

    [Benchmark]
    public void CountWithLabel() => _counter.Add(1, _tag);

    [Benchmark]
    public void Beat() => _heart.Beat();
}
