using System.Diagnostics;

namespace CryptoScreener.Benchmarks.WholeSystem;

/// <summary>What a process has used of the machine so far.</summary>
internal readonly record struct ProcessUse(TimeSpan Cpu, long ResidentBytes)
{
    public static ProcessUse Of(int id)
    {
        using var process = Process.GetProcessById(id);
        return new ProcessUse(process.TotalProcessorTime, process.WorkingSet64);
    }
}
