using CryptoScreener.Benchmarks.Report;
using CryptoScreener.LocalServers;

namespace CryptoScreener.Benchmarks.Nats;

/// <summary>
/// The NATS client beside a raw socket that does the least the protocol allows, both against the same server in the same run,
/// so that the ratio holds on any machine. <c>dotnet run -c Release --project tests/Benchmarks -- nats</c>
/// </summary>
internal static class NatsComparison
{
    public static async Task RunAsync()
    {
        await using var server = await LocalNats.StartAsync();
        await using var bench = await NatsBench.ConnectAsync(server.Port, server.Url);
        Console.WriteLine($"nats-server {bench.ServerVersion}, {Environment.ProcessorCount} cores, {NatsBench.PayloadBytes}-byte payloads, file storage");
        var report = new BenchReport("nats");
        foreach (var scenario in (Func<NatsBench, Task<Comparison>>[])
            [CorePublishSubscribe.RunAsync, JetStreamPublish.RunAsync, OrderedRead.RunAsync, ConsumeAndAck.RunAsync, RoundTrip.RunAsync])
        {
            var measured = await scenario(bench);
            report.Add(new Measured(measured.What, "messages", measured.Ours, "/s", IsMoreBetter: true) { Baseline = new("a raw socket", measured.Raw) });
            report.Add(new Measured($"{measured.What}, of the rate of a raw socket", "messages", 100 * measured.Ours / measured.Raw, "%", Floor: 50, Goal: 60, IsMoreBetter: true));
            report.Add(new Measured($"{measured.What}, allocated", "a message", measured.AllocatedBytes, "B"));
        }

        await ServerMemory.RunAsync(report);
    }
}
