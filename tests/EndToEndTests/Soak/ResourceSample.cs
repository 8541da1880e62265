using System.Diagnostics;
using System.Globalization;

namespace CryptoScreener.EndToEndTests.Soak;

/// <summary>What a process holds at one moment, the processes that it started included: PostgreSQL has one for each connection.</summary>
/// <param name="At">Since the beginning.</param>
internal readonly record struct ResourceSample(TimeSpan At, double Megabytes, int Handles)
{
    public static ResourceSample Of(int process, TimeSpan at)
    {
        var all = Tree(process).Select(Own).ToList();
        return new ResourceSample(at, all.Sum(one => one.Megabytes), all.Sum(one => one.Handles));
    }

    private static (double Megabytes, int Handles) Own(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return (ProportionalMegabytes(id) ?? process.WorkingSet64 / 1048576.0, process.HandleCount);
        }
        catch (ArgumentException)
        {
            return default; // a connection that ended just now
        }
    }

    private static IEnumerable<int> Tree(int id)
    {
        var children = string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/task/{id}/children");
        if (!File.Exists(children)) return [id];
        return File.ReadAllText(children).Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(child => int.Parse(child, CultureInfo.InvariantCulture)).SelectMany(Tree).Prepend(id);
    }

    /// <summary>What several processes share counts once.</summary>
    private static double? ProportionalMegabytes(int id)
    {
        try
        {
            var line = File.ReadLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/smaps_rollup")).FirstOrDefault(line => line.StartsWith("Pss:", StringComparison.Ordinal));
            return line is null ? null : double.Parse(line[4..^2], CultureInfo.InvariantCulture) / 1024;
        }
        catch (IOException)
        {
            return null; // not Linux, or it ended just now
        }
        catch (UnauthorizedAccessException)
        {
            return null;
        }
    }
}
