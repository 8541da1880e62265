using System.Globalization;
using CryptoScreener.Benchmarks.Report;
using CryptoScreener.LocalServers;

namespace CryptoScreener.Benchmarks.Collector;

/// <summary>
/// <c>Benchmarks collector</c>: reading a frame of each exchange, a collector's way from socket bytes to the bus, the burst
/// at a minute's end, and what the simulator needs for five thousand instruments. Server and sender share the cores with it.
/// </summary>
internal static class CollectorBench
{
    private const int Instruments = 800;

    public static async Task RunAsync(string[] arguments)
    {
        var report = new BenchReport("collector");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"load at the start: {BenchRun.Load}, {Environment.ProcessorCount} cores"));
        if (arguments is not ["simulator"])
        {
            foreach (var exchange in RecordedFrame.Exchanges) ParseBench.Run(exchange, report);
            await using var nats = await LocalNats.StartAsync();
            await HotPathBench.RunAsync(nats, Instruments, report);
            await MinuteEndBench.RunAsync(nats, Instruments, report);
        }

        await SimulatorBench.RunAsync(report);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"load at the end: {BenchRun.Load}"));
    }
}
