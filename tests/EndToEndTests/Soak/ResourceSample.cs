using System.Diagnostics;
using CryptoScreener.Testing;

namespace CryptoScreener.EndToEndTests.Soak;

/// <summary>What a process holds at one moment, the processes that it started included: PostgreSQL has one for each connection.</summary>
/// <param name="At">Since the beginning.</param>
internal readonly record struct ResourceSample(TimeSpan At, double Megabytes, int Handles)
{
    public static ResourceSample Of(int process, TimeSpan at)
    {
        var all = ProcessTree.Of(process).Select(Own).ToList();
        return new ResourceSample(at, all.Sum(one => one.Megabytes), all.Sum(one => one.Handles));
    }

    private static (double Megabytes, int Handles) Own(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return ((ProcessTree.OwnBytes(id) ?? process.WorkingSet64) / 1048576.0, process.HandleCount);
        }
        catch (ArgumentException)
        {
            return default; // a connection that ended just now
        }
    }
}
