using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using CryptoScreener.Benchmarks.Report;
using CryptoScreener.Testing;

namespace CryptoScreener.Benchmarks.Faults;

/// <summary><c>Benchmarks chaos [seeds]</c>: what of <c>make chaos</c> was lost or doubled over all seeds, which must be nothing.</summary>
internal static class ChaosBench
{
    private const int Seeds = 3;
    private static readonly TimeSpan ToStart = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan PatienceOfSeed = TimeSpan.FromMinutes(10);

    public static async Task RunAsync(string[] arguments)
    {
        var seeds = arguments is [var text, ..] ? int.Parse(text, CultureInfo.InvariantCulture) : Seeds;
        var tally = Path.Combine(Directory.CreateDirectory(Repository.PathOf("artifacts", "chaos")).FullName, "tally.json");
        File.Delete(tally); // of an earlier run
        var end = await MakeAsync(seeds);
        if (!File.Exists(tally)) throw new InvalidOperationException($"make chaos {end} before it had counted anything; what it said is above");
        var counts = JsonSerializer.Deserialize<Dictionary<string, long>>(await File.ReadAllTextAsync(tally))!;
        var report = new BenchReport("chaos");
        report.Add(Numbers.Lost.Of($"{counts["seeds"]} seeds, {counts["faults"]} faults", counts["broken"]));
        report.Add(new Measured("seeds that did not pass", $"of {seeds}", counts["failed"], "", Floor: 0));
        foreach (var (what, count) in counts) report.Add(new Measured(what, "all seeds", count, ""));
        if (end != "passed") throw new InvalidOperationException($"make chaos {end}; what it said is above");
    }

    private static async Task<string> MakeAsync(int seeds)
    {
        var start = new ProcessStartInfo("make", ["--no-print-directory", "chaos", string.Create(CultureInfo.InvariantCulture, $"SEEDS={seeds}")]) { WorkingDirectory = Repository.Root };
        using var run = Process.Start(start) ?? throw new InvalidOperationException("make could not be started");
        using var patience = new CancellationTokenSource(ToStart + (seeds * PatienceOfSeed));
        try
        {
            await run.WaitForExitAsync(patience.Token);
            return run.ExitCode == 0 ? "passed" : "failed";
        }
        catch (OperationCanceledException)
        {
            run.Kill(entireProcessTree: true);
            return "did not end";
        }
    }
}
