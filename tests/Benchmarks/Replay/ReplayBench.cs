using System.Diagnostics;
using System.Globalization;
using CryptoScreener.AlertEngine;
using CryptoScreener.AlertEngine.Replay;
using CryptoScreener.Benchmarks.Report;
using CryptoScreener.Benchmarks.Storage;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.Contracts.Instruments;
using CryptoScreener.Contracts.Rules;
using CryptoScreener.LocalServers;
using CryptoScreener.Storage.Candles;
using CryptoScreener.Storage.Instruments;
using CryptoScreener.Storage.Replays;
using Microsoft.Extensions.DependencyInjection;

namespace CryptoScreener.Benchmarks.Replay;

/// <summary>
/// <c>Benchmarks replay [instruments] [days]</c>: rules over stored minutes, from the database to the answer. Beside the time that
/// passed stands the processor time of ours, which says more on a machine that does other things as well.
/// </summary>
internal static class ReplayBench
{
    internal static readonly long Start = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();

    internal static async Task RunAsync(string[] arguments)
    {
        var sizes = arguments.Select(argument => int.Parse(argument, CultureInfo.InvariantCulture)).ToArray();
        var (instruments, days) = (sizes.ElementAtOrDefault(0) is > 0 and var i ? i : 100, sizes.ElementAtOrDefault(1) is > 0 and var d ? d : 30);
        CalculationCost.Print();
        await using var postgres = await LocalPostgres.StartAsync();
        await using var services = BenchStorage.On(await postgres.CreateDatabaseAsync("replay"));
        await FillAsync(services, instruments, days);
        var report = new BenchReport("replay");
        await ReadAsync(services, days, CandleParts.Close | CandleParts.QuoteVolume, report);
        await ReadAsync(services, days, CandleParts.All, report);
        await MeasureAsync(services, "one rule of windows", [Rule("bull", "change(5m) > 1 and change(15m) > 1 and 2 * volume(5m) > volume(15m)")], days, report);
        await MeasureAsync(services, "one rule of an indicator", [Rule("oversold", "crosses_above(rsi(14, 1h), 30)")], days, report);
        await MeasureAsync(
            services, "ten rules together", [.. Enumerable.Range(1, 10).Select(n => Rule($"r{n}", $"change({n * 3}m) > {n} and natr(14, 15m) > 0.1"))], days, report);
    }

    private static async Task MeasureAsync(ServiceProvider services, string what, RuleDefinition[] rules, int days, BenchReport report)
    {
        var runner = new ReplayRunner(services.GetRequiredService<InstrumentStore>(), services.GetRequiredService<CandleReader>(), new EngineOptions());
        var request = new ReplayRequest { Rules = rules, From = Start, To = Start + (days * Timeframe.OneDay.Milliseconds) };
        var used = Environment.CpuUsage.TotalTime;
        var started = Stopwatch.GetTimestamp();
        var result = await runner.RunAsync(request, _ => { }, CancellationToken.None);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        used = Environment.CpuUsage.TotalTime - used;
        var of = $"{result.Instruments} x {days} days";
        var whole = 500.0 * 30 * 1440 / result.Minutes;
        report.Add(new Measured($"replay, {what}", of, seconds, "s"));
        report.Add(rules.Length == 1 ? Numbers.Replay.Of(whole == 1 ? what : string.Create(CultureInfo.InvariantCulture, $"{what}, extrapolated × {whole:0.##} from {of}"), seconds * whole) : new Measured($"replay, {what}, at that rate", "500 x 30 days", seconds * whole, "s", 120));
        report.Add(new Measured($"replay, {what}, processor", of, used.TotalMicroseconds / result.Minutes, "us per minute"));
        report.Add(new Measured($"replay, {what}, firings", of, result.Rules.Sum(rule => rule.FiringsTotal), ""));
    }

    /// <summary>What the database alone costs: the same columns, read and thrown away.</summary>
    private static async Task ReadAsync(ServiceProvider services, int days, CandleParts parts, BenchReport report)
    {
        var ids = (await services.GetRequiredService<InstrumentStore>().ListAsync()).Select(row => row.Id).ToList();
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(ids.Chunk((ids.Count / 2) + 1).Select(some => Task.Run(async () =>
        {
            for (var day = Start; day < Start + (days * Timeframe.OneDay.Milliseconds); day += Timeframe.OneDay.Milliseconds)
            {
                await services.GetRequiredService<CandleReader>().ReadPackedAsync(
                    some, Timeframe.OneMinute, day, day + Timeframe.OneDay.Milliseconds - 1, parts, (int _, in Candle _) => { });
            }
        })));
        report.Add(new Measured($"reading alone, {parts}", $"{ids.Count} x {days} days", Stopwatch.GetElapsedTime(started).TotalSeconds, "s"));
    }

    private static RuleDefinition Rule(string id, string expression) => new()
    {
        Id = id,
        Version = 1,
        Name = id,
        RuleType = "custom",
        Expression = expression,
        Trigger = new TriggerOptions { Mode = TriggerMode.OnEnter, CooldownSeconds = 3_600 },
    };

    private static async Task FillAsync(ServiceProvider services, int instruments, int days)
    {
        var fill = new Timings($"fill of {days} days of {instruments} instruments");
        var ids = await services.GetRequiredService<InstrumentStore>()
            .ResolveAsync([.. Enumerable.Range(0, instruments).Select(i => new InstrumentId("bench", $"COIN{i}USDT"))]);
        await fill.MeasureAsync(async () =>
        {
            var walks = ids.Select((id, i) => new RandomWalk(id, new Random(i))).ToList();
            var writer = services.GetRequiredService<CandleWriter>();
            for (var hour = 0; hour < days * 24; hour++)
                await writer.WriteAsync(walks.SelectMany(walk => walk.Minutes(Start + (hour * 60 * Timeframe.MinuteMs), 60)).ToArray());
        });
        fill.Report("");
    }
}
