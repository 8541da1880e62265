using System.Globalization;

namespace CryptoScreener.Testing;

/// <summary>A process and those it started, as PostgreSQL has one for each connection.</summary>
public static class ProcessTree
{
    private const double TicksASecond = 100; // Linux tells it so whatever the kernel counts in

    public static IEnumerable<int> Of(int id)
    {
        var children = string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/task/{id}/children");
        if (!File.Exists(children)) return [id];
        return File.ReadAllText(children).Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(child => int.Parse(child, CultureInfo.InvariantCulture)).SelectMany(Of).Prepend(id);
    }

    /// <summary>Processor time of its children that have ended: what is told of the living alone would go back with each that goes.</summary>
    public static TimeSpan OfEndedChildren(int id)
    {
        try
        {
            var stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/stat"));
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' '); // a name may hold spaces
            return TimeSpan.FromSeconds((Number(fields[13]) + Number(fields[14])) / TicksASecond);
        }
        catch (IOException)
        {
            return TimeSpan.Zero; // it ended just now
        }

        static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
    }

    /// <summary>What a process holds; what several share counts once. Null where nobody tells, or when it ended just now.</summary>
    public static long? ProportionalBytes(int id) => Sum(id, "Pss:");

    /// <summary>The same without the files that it has mapped, of which its share grows when others that use them end.</summary>
    public static long? OwnBytes(int id) => Sum(id, "Pss_Anon:", "Pss_Shmem:");

    private static long? Sum(int id, params string[] parts)
    {
        try
        {
            var lines = File.ReadAllLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/smaps_rollup"))
                .Where(line => parts.Any(part => line.StartsWith(part, StringComparison.Ordinal))).ToList();
            return lines.Count < parts.Length ? null : lines.Sum(line => long.Parse(line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..^2].Trim(), CultureInfo.InvariantCulture)) * 1024;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
