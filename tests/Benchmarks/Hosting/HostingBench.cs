using System.Diagnostics;
using System.Diagnostics.Metrics;
using CryptoScreener.Benchmarks.Gateway;
using CryptoScreener.Benchmarks.Report;
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
    private const int FirstScrapes = 2500; // until what answers is compiled to its best, as it is in a worker that has run for a while
    private const int Scrapes = 1000;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1); // only to end what hangs
    private static readonly NumbersRow NoBytes = new("allocated", null, 0, "B", "hosting");

    public static async Task RunAsync()
    {
        var report = new BenchReport("hosting");
        var hotPath = new HotPath(report);
        Logging(hotPath, report);
        await using var app = Worker();
        await app.StartAsync();
        Measurements(hotPath, app.Services);
        var address = app.Services.GetRequiredService<OperationsServer>().Address;
        await ScrapeAsync(report, address, "text/plain");
        await ScrapeAsync(report, address, "application/openmetrics-text");
        await app.StopAsync(); // or what runs in it calls its end a failure
    }

    private static void Logging(HotPath hotPath, BenchReport report)
    {
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var queue = new LogQueue(services.GetRequiredService<IMeterFactory>(), TimeProvider.System);
        using var output = new NullOutput();
        using var factory = LoggerFactory.Create(logging => logging
            .SetMinimumLevel(LogLevel.Information)
            .AddProvider(new SerilogLoggerProvider(LogPipeline.Create(queue, 10_000, sink => sink.Sink(output)), dispose: true)));
        var logger = factory.CreateLogger("CryptoScreener.DataCollector.Candles.CandleGate");

        hotPath.Measure(Numbers.LogOff.What, 1_000_000, () => Log.Quiet(logger, "BTCUSDT", 61_000.5), time: Numbers.LogOff, bytes: Numbers.LogOffBytes);
        hotPath.Measure("log call, level on, queue not full", 5_000, () => Log.Rejected(logger, "BTCUSDT", 61_000.5), DrainQueue, time: Numbers.LogOn, warmUps: 100);
        Throughput(report, logger, queue, output);

        void DrainQueue() => Until(() => queue.Depth == 0);
    }

    private static void Until(Func<bool> condition)
    {
        if (!SpinWait.SpinUntil(condition, Patience)) throw new TimeoutException($"the log's queue did not become empty within {Patience}");
    }

    private static void Throughput(BenchReport report, ILogger logger, LogQueue queue, NullOutput output)
    {
        const int Events = 300_000;
        Until(() => queue.Depth == 0);
        var before = output.Written;
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < Events; i++)
        {
            if (queue.Depth > 5_000) Until(() => queue.Depth < 1_000);
            Log.Rejected(logger, "BTCUSDT", 61_000.5);
        }

        Until(() => output.Written - before >= Events - queue.Dropped);
        var rate = (output.Written - before) / Stopwatch.GetElapsedTime(start).TotalSeconds;
        report.Add(Numbers.LogRate.Of("one thread", rate));
        report.Add(new Measured("log events dropped meanwhile", "one thread", queue.Dropped, "", Goal: 0));
    }

    private static void Measurements(HotPath hotPath, IServiceProvider services)
    {
        var meter = services.GetRequiredService<IMeterFactory>().Create("CryptoScreener.Bench");
        var counter = meter.CreateCounter<long>("bench_candles");
        var histogram = meter.CreateHistogram(
            "bench_duration", "s", null, null, new InstrumentAdvice<double> { HistogramBucketBoundaries = [.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5] });
        var heart = services.GetRequiredService<HeartbeatRegistry>().Watch("bench", TimeSpan.FromMinutes(1));
        var tag = new KeyValuePair<string, object?>("exchange", "binance-futures");

        hotPath.Measure("counter", 1_000_000, () => counter.Add(1), bytes: NoBytes);
        hotPath.Measure("counter with one label", 1_000_000, () => counter.Add(1, tag), bytes: NoBytes);
        hotPath.Measure("histogram, 12 buckets", 1_000_000, () => histogram.Record(0.003), bytes: NoBytes);
        hotPath.Measure("histogram with one label", 1_000_000, () => histogram.Record(0.003, tag), bytes: NoBytes);
        hotPath.Measure("heartbeat", 1_000_000, heart.Beat, bytes: NoBytes);
        for (var i = 0; i < Series; i++) counter.Add(1, new KeyValuePair<string, object?>("series", i));
        for (var i = 0; i < Series / 10; i++) histogram.Record(0.003, new KeyValuePair<string, object?>("series", i));
    }

    private static async Task ScrapeAsync(BenchReport report, Uri address, string format)
    {
        using var client = await KeepAliveClient.ConnectAsync(address, "/metrics", accept: format);
        var bytes = await client.AskAsync();
        var times = await client.TimeAsync(FirstScrapes, Scrapes);
        var size = $"{bytes / 1024} KB of {format.Split('/')[1]}";
        report.Add(new Measured("scrape, p50", size, Quantile.At(times, 0.5), "ms"));
        report.Add(Numbers.Scrape.Of(size, Quantile.At(times, 0.95)));
    }

    private static WebApplication Worker()
    {
        var builder = WebApplication.CreateSlimBuilder(["--Hosting:MetricsPort=0", "--Hosting:BindAddress=127.0.0.1", "--Logging:LogLevel:Default=None"]);
        builder.AddScreenerDefaults("metrics-calculator");
        return builder.Build();
    }
}
