using System.Globalization;
using System.Text.RegularExpressions;
using CryptoScreener.Testing;

namespace CryptoScreener.UnitTests.Architecture;

public sealed partial class LogEventIdTests
{
    [Fact]
    public void Every_log_event_has_an_id_of_its_own()
    {
        var shared = UsesOfIds()
            .GroupBy(use => use.Id)
            .Where(uses => uses.Count() > 1)
            .Select(uses => $"{uses.Key}: {string.Join(", ", uses.Select(use => use.File))}")
            .Order(StringComparer.Ordinal);
        Assert.Empty(shared);
    }

    [Fact]
    public void The_guide_names_every_range_as_far_as_it_goes_and_no_further()
    {
        var used = UsesOfIds().Select(use => int.Parse(use.Id, CultureInfo.InvariantCulture)).ToHashSet();
        var ranges = File.ReadLines(Repository.PathOf("docs", "LOGGING.md"))
            .Select(line => Range().Match(line)).Where(match => match.Success)
            .Select(match => (From: int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture), To: int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture)))
            .ToList();

        Assert.All(used.Order(), id => Assert.Single(ranges, range => range.From <= id && id <= range.To));
        Assert.All(ranges, range => Assert.True(used.Contains(range.From) && used.Contains(range.To), $"{range.From}–{range.To} goes beyond the ids there are"));
    }

    private static IEnumerable<(string Id, string File)> UsesOfIds() => new[] { "shared", "services" }
        .SelectMany(folder => Directory.EnumerateFiles(Repository.PathOf(folder), "*.cs", SearchOption.AllDirectories))
        .Where(file => !file.Contains("standins", StringComparison.Ordinal))
        .SelectMany(file => EventId().Matches(File.ReadAllText(file)).Select(match => (Id: match.Groups[1].Value, File: Path.GetFileName(file))));

    [GeneratedRegex(@"^\| (\d+)–(\d+) \|")]
    private static partial Regex Range();

    [GeneratedRegex(@"\[LoggerMessage\((?:EventId = )?(\d+)")]
    private static partial Regex EventId();
}
