using System.Diagnostics;
using System.Globalization;
using CryptoScreener.Benchmarks.Report;
using CryptoScreener.Benchmarks.WholeSystem;

namespace CryptoScreener.Benchmarks.Gateway;

/// <summary>A number of clients of one server, told of twenty instruments ten times a second.</summary>
internal static class FanOutLoad
{
    private const int Rounds = 100;
    private const double LeastShare = 90; // what is told late is told together with what follows: few messages would be quick ones
    private const string Late = "told → received, p99";
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(2);

    internal static async Task MeasureAsync(IFanOut server, int sockets, BenchReport report, PeerFigures peers)
    {
        var what = $"{server.Name}, {sockets:N0} sockets";
        var empty = ProcessUse.Of(server.ProcessId);
        await using var crowd = await SocketCrowd.ConnectAsync(server, sockets);
        await TellAsync(server, Rounds); // until its code is compiled and its buffers have their size: after two seconds half its time was still the compiler's
        crowd.Begin();
        var before = ProcessUse.Of(server.ProcessId);
        var clock = Stopwatch.StartNew();
        await TellAsync(server, Rounds);
        var took = clock.Elapsed;
        var after = ProcessUse.Of(server.ProcessId);
        await Task.Delay(Rest, TimeProvider.System, CancellationToken.None);
        var latencies = crowd.Latencies();
        var isOurs = server is GatewayFanOut;
        var share = 100.0 * latencies.Count / ((double)Rounds * sockets);
        report.Add(new Measured("messages that came, of those told", what, share, "%", Floor: isOurs ? LeastShare : null, IsMoreBetter: true));
        if (latencies.Count == 0) throw new InvalidOperationException($"{what}: nothing came");
        var p99 = Quantile.At(latencies, 0.99);
        var memory = (after.ResidentBytes - empty.ResidentBytes) / 1024.0 / sockets;
        report.Add(new Measured("told → received, p50", what, Quantile.At(latencies, 0.5), "ms"));
        report.Add(new Measured("processor, of one core", what, 100 * ((after.Cpu - before.Cpu) / took), "%"));
        report.Add(new Measured("processor for a message", what, (after.Cpu - before.Cpu).TotalMicroseconds / latencies.Count, "µs")); // says something on a busy machine too
        if (isOurs)
        {
            var of = string.Create(CultureInfo.InvariantCulture, $"{what}, of {share:0.#} % of the messages");
            foreach (var row in peers.Beside(sockets >= 5_000 ? Numbers.ManySockets : Numbers.Sockets, of, Late, sockets, p99)) report.Add(row);
            foreach (var row in peers.Beside(Numbers.SocketMemory, what, Numbers.SocketMemory.What, sockets, memory)) report.Add(row);
            return;
        }

        report.Add(new Measured(Late, what, p99, "ms"));
        report.Add(new Measured(Numbers.SocketMemory.What, what, memory, "KB"));
        peers.Note(Late, sockets, server.Name, p99);
        peers.Note(Numbers.SocketMemory.What, sockets, server.Name, memory);
    }

    private static async Task TellAsync(IFanOut server, int rounds)
    {
        using var timer = new PeriodicTimer(Beat);
        for (var i = 0; i < rounds; i++)
        {
            await server.TellAsync();
            await timer.WaitForNextTickAsync();
        }
    }
}
