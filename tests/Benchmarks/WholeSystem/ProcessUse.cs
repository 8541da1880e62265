using System.Diagnostics;
using System.Globalization;

namespace CryptoScreener.Benchmarks.WholeSystem;

/// <summary>What a process has used of the machine so far.</summary>
internal readonly record struct ProcessUse(TimeSpan Cpu, long ResidentBytes)
{
    public static ProcessUse Of(int id)
    {
        using var process = Process.GetProcessById(id);
        return new ProcessUse(process.TotalProcessorTime, process.WorkingSet64);
    }

    /// <summary>With the processes it started, as PostgreSQL has one for each connection; what several share counts once.</summary>
    public static ProcessUse OfTree(int id)
    {
        var all = Tree(id).Select(one => (Use: Of(one), Share: ProportionalBytes(one))).ToList();
        return new ProcessUse(TimeSpan.FromTicks(all.Sum(one => one.Use.Cpu.Ticks)), all.Sum(one => one.Share ?? one.Use.ResidentBytes));
    }

    private static IEnumerable<int> Tree(int id)
    {
        var children = string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/task/{id}/children");
        if (!File.Exists(children)) return [id];
        return File.ReadAllText(children).Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(child => int.Parse(child, CultureInfo.InvariantCulture)).SelectMany(Tree).Prepend(id);
    }

    private static long? ProportionalBytes(int id)
    {
        var file = string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/smaps_rollup");
        if (!File.Exists(file)) return null;
        var line = File.ReadLines(file).FirstOrDefault(line => line.StartsWith("Pss:", StringComparison.Ordinal));
        return line is null ? null : long.Parse(line[4..^2].Trim(), CultureInfo.InvariantCulture) * 1024;
    }
}
