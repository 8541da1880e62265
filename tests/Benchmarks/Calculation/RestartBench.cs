using System.Diagnostics;
using System.Globalization;
using CryptoScreener.Benchmarks.Report;
using CryptoScreener.LocalServers;

namespace CryptoScreener.Benchmarks.Calculation;

/// <summary>
/// <c>Benchmarks restart [instruments] [lanes]</c>: how long after its start the calculator has the history of all instruments, once from
/// nothing but stored candles and once from the states that the one before it stored as it ended.
/// </summary>
internal static class RestartBench
{
    private const int Partitions = 16;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    public static async Task RunAsync(string[] arguments)
    {
        var instruments = arguments is [var text, ..] ? int.Parse(text, CultureInfo.InvariantCulture) : 800;
        var lanes = arguments is [_, var number, ..] ? number : "1";
        var report = new BenchReport("restart");
        await using var nats = await LocalNats.StartAsync();
        await using var postgres = await LocalPostgres.StartAsync(new LocalPostgresOptions { Durable = true });
        var database = await postgres.CreateDatabaseAsync("restart");
        var market = new StoredMarket(instruments, Partitions);
        await using (var parts = await CalculatorHost.StartAsync(nats, database, Partitions, isRunning: false)) await market.FillAsync(parts.Services);
        await using (var cold = await MeasureAsync("start of the calculator, from stored candles")) await market.MarkAsync(cold.Services);
        await using (var warm = await MeasureAsync("restart of the calculator, from stored states")) await market.AssertStatesAsync(warm.Services);

        async Task<CalculatorHost> MeasureAsync(string what)
        {
            using var patience = new CancellationTokenSource(Patience);
            var started = Stopwatch.GetTimestamp();
            var host = await CalculatorHost.StartAsync(nats, database, Partitions, settings: ("Calculator:Lanes", lanes));
            await host.WarmAsync(Partitions, patience.Token);
            report.Add(Numbers.Restart.Of($"{what}, {instruments} instruments, {lanes} lanes", Stopwatch.GetElapsedTime(started).TotalSeconds));
            return host;
        }
    }
}
