using System.Diagnostics;
using System.Text.Json;
using CryptoScreener.Benchmarks.Report;
using CryptoScreener.Testing;

namespace CryptoScreener.Benchmarks.Faults;

/// <summary><c>Benchmarks chaos [seeds]</c>: what of <c>make chaos</c> was lost or doubled, which must be nothing.</summary>
internal static class ChaosBench
{
    public static async Task RunAsync(string[] arguments)
    {
        var tally = Repository.PathOf("artifacts", "chaos", "tally.json");
        File.Delete(tally);
        var start = new ProcessStartInfo("make", ["--no-print-directory", "chaos", $"SEEDS={(arguments is [var seeds, ..] ? seeds : "3")}"]) { WorkingDirectory = Repository.Root };
        using var run = Process.Start(start) ?? throw new InvalidOperationException("make could not be started");
        await run.WaitForExitAsync();
        if (run.ExitCode != 0 || !File.Exists(tally)) throw new InvalidOperationException("make chaos failed; what it said is above");
        var counts = JsonSerializer.Deserialize<Dictionary<string, long>>(await File.ReadAllTextAsync(tally))!;
        var report = new BenchReport("chaos");
        report.Add(Numbers.Lost.Of($"{counts["seeds"]} seeds, {counts["faults"]} faults", counts["broken"]));
        foreach (var (what, count) in counts) report.Add(new Measured(what, "all seeds", count, ""));
    }
}
