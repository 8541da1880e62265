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
        var all = ProcessTree.Of(id).Select(one => (Use: IfAlive(one), Ended: ProcessTree.OfEndedChildren(one), Share: ProcessTree.ProportionalBytes(one))).ToList();
        return new ProcessUse(TimeSpan.FromTicks(all.Sum(one => one.Use.Cpu.Ticks + one.Ended.Ticks)), all.Sum(one => one.Share ?? one.Use.ResidentBytes));
    }

    // A connection's process may end between the list and the look.
    private static ProcessUse IfAlive(int id)
    {
        try
        {
            return Of(id);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            return default;
        }
    }
}
