using System.Text.RegularExpressions;
using CryptoScreener.Testing;

namespace CryptoScreener.UnitTests.Architecture;

public sealed partial class LogEventIdTests
{
    [Fact]
    public void Every_log_event_has_an_id_of_its_own()
    {
        var shared = new[] { "shared", "services" }
            .SelectMany(folder => Directory.EnumerateFiles(Repository.PathOf(folder), "*.cs", SearchOption.AllDirectories))
            .Where(file => !file.Contains("standins", StringComparison.Ordinal))
            .SelectMany(file => EventId().Matches(File.ReadAllText(file)).Select(match => (Id: match.Groups[1].Value, File: Path.GetFileName(file))))
            .GroupBy(use => use.Id)
            .Where(uses => uses.Count() > 1)
            .Select(uses => $"{uses.Key}: {string.Join(", ", uses.Select(use => use.File))}")
            .Order(StringComparer.Ordinal);
        Assert.Empty(shared);
    }

    [GeneratedRegex(@"\[LoggerMessage\((?:EventId = )?(\d+)")]
    private static partial Regex EventId();
}
