using System.Diagnostics;
using System.Globalization;
using CryptoScreener.Contracts.Bus;
using CryptoScreener.EndToEndTests.Truth;
using CryptoScreener.Testing;
using Xunit.Abstractions;

namespace CryptoScreener.EndToEndTests.Soak;

/// <summary>
/// A screener that runs and runs: what every process holds stays level, and in the end the tables are the truth. <c>make soak MINUTES=60 SPEED=10</c>;
/// the run of a few seconds that always takes place shows that it works, and is too short to judge what is level. What has a bound is filled
/// while the long run warms up, or its filling would look like a leak: a calculator's windows by a whole history, a gateway's newest alerts by rules.
/// </summary>
public sealed class SoakTests(ITestOutputHelper output)
{
    private const long Minute = 60_000;
    private const int Samples = 120;

    // A leak that a gigabyte outlives for four days. Below the breath nothing is judged: so much a heap differs by from one look to another,
    // and so much the servers may fill caches with, which have bounds of their own (128 MB of PostgreSQL's).
    private const double MostPerHour = 10;
    private const double BreathOfWorker = 6;
    private const double BreathOfServer = 160;

    // A gateway keeps 10,000 alerts; these are so many within a quarter of the shortest run that is judged, with its usual speed and instruments.
    private const int RulesOfEveryClose = 5;

    private static readonly TimeSpan Shortest = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Length = TimeSpan.FromMinutes(double.Parse(Setting("SOAK_MINUTES", "0.1"), CultureInfo.InvariantCulture));

    [Fact]
    public async Task What_every_process_holds_stays_level_and_the_tables_are_the_truth()
    {
        var speed = int.Parse(Setting("SOAK_SPEED", "20"), CultureInfo.InvariantCulture);
        await using var screener = await RunningScreener.StartAsync(
            ["--instruments", Setting("SOAK_INSTRUMENTS", "12"), "--weightlimit", "100000"],
            new Dictionary<string, string> { ["Collector__BackfillHours"] = IsJudged ? "24" : "1", ["Collector__CloseGraceMs"] = "200" },
            test: "Soak");
        await using var candles = new StoredCandles(screener);
        await using var client = await AlertClient.ConnectAsync(screener.Stack.Api);
        var from = (await screener.TimeAsync() / Minute * Minute) - (30 * Minute);
        await screener.SetSpeedAsync(speed); // calculators tell their metrics once there is something to calculate
        for (var i = 1; i <= RulesOfEveryClose; i++) await screener.AddRuleOfEveryCloseAsync($"every close {i}");

        var trends = await WatchAsync(screener);
        Assert.True(client.IsFollowing, "the gateway has cut off the client that follows the alerts");
        var through = await screener.TimeAsync() / Minute * Minute;
        await Eventually.TrueAsync(async () => await candles.NewestCompleteAsync() >= through, "every instrument's candles have arrived");
        await screener.SetSpeedAsync(0);
        await candles.BecomeTruthAsync(from, through);
        var bus = new BusRecord([.. (await candles.InstrumentsAsync()).Select(row => row.Instrument)]);
        await StoredMessages.ReadAllAsync(screener.Stack.Nats.Url, Streams.Candles, message => bus.Add(message));
        Assert.Empty(bus.Broken);
        Assert.All(screener.Stack.Workers, worker => Assert.True(worker.IsRunning, $"{worker.Name} ended; {worker.LogFile} says why"));
        foreach (var (name, trend, _) in trends)
            output.WriteLine(FormattableString.Invariant($"{name,-24} {trend.Megabytes,7:0} MB {trend.MegabytesPerHour,+8:0.0} MB/h {trend.Handles,6:0} handles {trend.GrownHandles,+5:0}"));
        if (IsJudged) Assert.Empty(trends.SelectMany(one => one.Trend.Objections(one.Name, MostPerHour, one.Breath)));
    }

    private static bool IsJudged => Length >= Shortest;

    private async Task<List<(string Name, Trend Trend, double Breath)>> WatchAsync(RunningScreener screener)
    {
        var stack = screener.Stack;
        Watched[] processes =
        [
            .. stack.Workers.SelectMany(worker => Watched.Of(worker, BreathOfWorker)),
            Watched.Of("nats", stack.Nats.ProcessId, BreathOfServer), Watched.Of("postgres", stack.Postgres.ProcessId, BreathOfServer), Watched.Of("redis", stack.Redis.ProcessId, BreathOfServer),
        ];
        var file = Path.Combine(Directory.CreateDirectory(Repository.PathOf("artifacts", "soak")).FullName, "samples.csv");
        await using var kept = new StreamWriter(file);
        await kept.WriteLineAsync("seconds,process,megabytes,handles");
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < Length;)
        {
            foreach (var process in processes)
            {
                var sample = await process.LookAsync(watch.Elapsed);
                await kept.WriteLineAsync(FormattableString.Invariant($"{sample.At.TotalSeconds:0},{process.Name},{sample.Megabytes:0.0},{sample.Handles}"));
            }

            await kept.FlushAsync();
            await Task.Delay(Length / Samples, TimeProvider.System, CancellationToken.None);
        }

        output.WriteLine($"samples are in {file}");
        return [.. processes.Select(process => (process.Name, new Trend(process.Samples), process.Breath))];
    }

    private static string Setting(string name, string otherwise) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? text : otherwise;
}
