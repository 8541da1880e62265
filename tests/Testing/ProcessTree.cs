using System.Globalization;

namespace CryptoScreener.Testing;

/// <summary>A process and those it started, as PostgreSQL has one for each connection.</summary>
public static class ProcessTree
{
    public static IEnumerable<int> Of(int id)
    {
        var children = string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/task/{id}/children");
        if (!File.Exists(children)) return [id];
        return File.ReadAllText(children).Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(child => int.Parse(child, CultureInfo.InvariantCulture)).SelectMany(Of).Prepend(id);
    }

    /// <summary>What a process holds; what several share counts once. Null where nobody tells, or when it ended just now.</summary>
    public static long? ProportionalBytes(int id)
    {
        try
        {
            var line = File.ReadLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/smaps_rollup")).FirstOrDefault(line => line.StartsWith("Pss:", StringComparison.Ordinal));
            return line is null ? null : long.Parse(line[4..^2].Trim(), CultureInfo.InvariantCulture) * 1024;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
