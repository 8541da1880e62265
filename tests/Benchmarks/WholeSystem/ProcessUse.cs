using System.Diagnostics;
using CryptoScreener.Testing;

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
        var all = ProcessTree.Of(id).Select(one => (Use: Of(one), Share: ProcessTree.ProportionalBytes(one))).ToList();
        return new ProcessUse(TimeSpan.FromTicks(all.Sum(one => one.Use.Cpu.Ticks)), all.Sum(one => one.Share ?? one.Use.ResidentBytes));
    }
}
