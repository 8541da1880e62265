using System.Diagnostics;
using CryptoScreener.Benchmarks.Report;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.Contracts.Instruments;
using CryptoScreener.LocalServers;
using CryptoScreener.Messaging.Connection;
using CryptoScreener.MetricsCalculator.Lanes;
using Microsoft.Extensions.DependencyInjection;

namespace CryptoScreener.Benchmarks.Calculation;

/// <summary>Updates of 800 instruments through one lane of the calculator, whose frames go onto a real bus.</summary>
internal static class LaneBench
{
    private const int Instruments = 800;
    private const int Updates = 1_000_000;
    private const int Minutes = 30;
    private static readonly long Start = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();

    /// <param name="intervalMs">At least so long between two frames of an instrument; 0 makes a frame of every update.</param>
    internal static async Task MeasureAsync(int intervalMs, BenchReport report)
    {
        await using var nats = await LocalNats.StartAsync();
        await using var postgres = await LocalPostgres.StartAsync();
        await using var host = await CalculatorHost.StartAsync(
            nats, await postgres.CreateDatabaseAsync("lane"), partitions: 1, isRunning: false, ("Calculator:LiveIntervalMs", $"{intervalMs}"), ("Calculator:LiveFramesPerSecond", "1000000"));
        await host.Services.GetRequiredService<Bus>().WhenReadyAsync(CancellationToken.None);
        using var end = new CancellationTokenSource();
        var lanes = host.Services.GetRequiredService<LaneSet>();
        var running = lanes.RunAsync(end.Token);
        var lane = lanes.Of(0);
        await lane.OwnAsync(0, 1, CancellationToken.None);
        InstrumentId[] ids = [.. Enumerable.Range(0, Instruments).Select(i => new InstrumentId("bench", $"COIN{i}USDT"))];
        var tape = CalculationTape.Make(1440 + Minutes, seed: 4);
        for (var i = 0; i < ids.Length; i++)
        {
            for (var minute = 0; minute < 1440; minute++) await lane.PutAsync(Item(LaneItemKind.History, ids[i], tape[minute], minute), CancellationToken.None);
        }

        await lane.DoneAsync(CancellationToken.None);
        var count = intervalMs == 0 ? Updates / 20 : Updates;
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < count; i++)
            await lane.PutAsync(Item(LaneItemKind.Live, ids[i % ids.Length], tape[1440] with { Volume = 1 + (i / ids.Length) }, 1440), CancellationToken.None);
        await lane.DoneAsync(CancellationToken.None);
        var rate = count / Stopwatch.GetElapsedTime(started).TotalSeconds;
        report.Add(new Measured(
            intervalMs == 0 ? "lane, a frame onto the bus for every update" : $"lane, frames conflated to one in {intervalMs} ms",
            $"{Instruments} instruments", rate, "/s", 5_000, intervalMs == 0 ? null : 100_000, IsMoreBetter: true));
        await end.CancelAsync();
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static LaneItem Item(LaneItemKind kind, InstrumentId id, in Candle candle, int minute) => new(
        kind, 0, new CandleUpdate(id, candle with { OpenTime = Start + (minute * Timeframe.MinuteMs) }, kind != LaneItemKind.Live, kind == LaneItemKind.Live ? CandleSource.Forming : CandleSource.Exchange, Start, Start, 1));
}
