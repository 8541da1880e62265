using System.Diagnostics;
using System.Diagnostics.Metrics;
using CryptoScreener.Hosting;
using CryptoScreener.Hosting.Health;
using CryptoScreener.Hosting.Logging;
using CryptoScreener.Hosting.Operations;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Serilog.Extensions.Logging;

namespace CryptoScreener.Benchmarks.Hosting;

/// <summary>The cost of being observable: log calls, measurements, a heartbeat, a scrape.</summary>
internal static class HostingBench
{
    private const int Series = 1000;

    public static async Task RunAsync()
    {
        Logging();
        await using var app = Worker();
        await app.StartAsync();
        Measurements(app.Services);
        var address = app.Services.GetRequiredService<OperationsServer>().Address;
        await ScrapeAsync(address, "text/plain");
        await ScrapeAsync(address, "application/openmetrics-text");
    }

    private static void Logging()
    {
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var queue = new LogQueue(services.GetRequiredService<IMeterFactory>(), TimeProvider.System);
        using var output = new NullOutput();
        using var factory = LoggerFactory.Create(logging => logging
            .SetMinimumLevel(LogLevel.Information)
            .AddProvider(new SerilogLoggerProvider(LogPipeline.Create(queue, 10_000, sink => sink.Sink(output)), dispose: true)));
        var logger = factory.CreateLogger("CryptoScreener.DataCollector.Candles.CandleGate");

        HotPath.Report("log call, level off", 1_000_000, () => Log.Quiet(logger, "BTCUSDT", 61_000.5), "goal 0 B");
        HotPath.Report("log call, level on, queue not full", 5_000, () => Log.Rejected(logger, "BTCUSDT", 61_000.5), "floor 1 ms, goal 1,000 ns", DrainQueue);
        Throughput(logger, queue, output);

        void DrainQueue() => SpinWait.SpinUntil(() => queue.Depth == 0);
    }

    private static void Throughput(ILogger logger, LogQueue queue, NullOutput output)
    {
        const int Events = 300_000;
        SpinWait.SpinUntil(() => queue.Depth == 0);
        var before = output.Written;
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < Events; i++)
        {
            if (queue.Depth > 5_000) SpinWait.SpinUntil(() => queue.Depth < 1_000);
            Log.Rejected(logger, "BTCUSDT", 61_000.5);
        }

        SpinWait.SpinUntil(() => output.Written - before >= Events - queue.Dropped);
        var rate = (output.Written - before) / Stopwatch.GetElapsedTime(start).TotalSeconds;
        Console.WriteLine($"{"log events formatted and written",-46} {rate,10:0} /s   dropped {queue.Dropped}   floor 10,000/s, goal 100,000/s");
    }

    private static void Measurements(IServiceProvider services)
    {
        var meter = services.GetRequiredService<IMeterFactory>().Create("CryptoScreener.Bench");
        var counter = meter.CreateCounter<long>("bench_candles");
        var histogram = meter.CreateHistogram(
            "bench_duration", "s", null, null, new InstrumentAdvice<double> { HistogramBucketBoundaries = [.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5] });
        var heart = services.GetRequiredService<HeartbeatRegistry>().Watch("bench", TimeSpan.FromMinutes(1));
        var tag = new KeyValuePair<string, object?>("exchange", "binance-futures");

        HotPath.Report("counter", 1_000_000, () => counter.Add(1), "goal 0 B");
        HotPath.Report("counter with one label", 1_000_000, () => counter.Add(1, tag), "goal 0 B");
        HotPath.Report("histogram, 12 buckets", 1_000_000, () => histogram.Record(0.003), "goal 0 B");
        HotPath.Report("histogram with one label", 1_000_000, () => histogram.Record(0.003, tag), "goal 0 B");
        HotPath.Report("heartbeat", 1_000_000, heart.Beat, "goal 0 B");
        for (var i = 0; i < Series; i++) counter.Add(1, new KeyValuePair<string, object?>("series", i));
        for (var i = 0; i < Series / 10; i++) histogram.Record(0.003, new KeyValuePair<string, object?>("series", i));
    }

    private static async Task ScrapeAsync(Uri address, string format)
    {
        using var client = new HttpClient { BaseAddress = address };
        client.DefaultRequestHeaders.Accept.Add(new(format));
        var times = new List<double>();
        var bytes = 0;
        for (var i = 0; i < 200; i++)
        {
            var start = Stopwatch.GetTimestamp();
            bytes = (await client.GetByteArrayAsync("/metrics")).Length;
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        times.Sort();
        Console.WriteLine($"{$"scrape, {bytes / 1024} KB of {format.Split('/')[1]}, p50 / p95",-46} {times[100],7:0.00} / {times[190]:0.00} ms   floor 50 ms, goal 2 ms");
    }

    private static WebApplication Worker()
    {
        var builder = WebApplication.CreateSlimBuilder(["--Hosting:MetricsPort=0", "--Hosting:BindAddress=127.0.0.1", "--Logging:LogLevel:Default=None"]);
        builder.AddScreenerDefaults("metrics-calculator");
        return builder.Build();
    }
}
