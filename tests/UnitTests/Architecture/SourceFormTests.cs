using System.Text.RegularExpressions;
using CryptoScreener.Testing;

namespace CryptoScreener.UnitTests.Architecture;

/// <summary>The rules of form that neither the build looks at nor `make lint`, which loads no projects.</summary>
public sealed partial class SourceFormTests
{
    private const string Keyword = "using ";

    private static readonly List<string> Sources = [.. new[] { "deploy", "services", "shared", "tests" }
        .SelectMany(folder => Directory.EnumerateFiles(Repository.PathOf(folder), "*.cs", SearchOption.AllDirectories))];

    [Fact]
    public void Usings_begin_with_the_systems_and_go_by_the_alphabet()
    {
        Assert.True(Sources.Count > 1_000, $"only {Sources.Count} files were found");
        Assert.Empty(Names(source => !IsOrdered(Usings(source))));
    }

    [Fact]
    public void Nothing_says_this_before_a_name_that_needs_none() => Assert.Empty(Names(source => File.ReadLines(source).Any(line => Qualified().IsMatch(line))));

    private static IEnumerable<string> Names(Func<string, bool> where) => Sources.Where(where).Select(source => Path.GetRelativePath(Repository.Root, source));

    private static bool IsOrdered(List<string> names) =>
        names.SequenceEqual(names.OrderBy(name => !$"{name}.".StartsWith("System.", StringComparison.Ordinal)).ThenBy(Parts, StringComparer.OrdinalIgnoreCase));

    private static string Parts(string name) => name.Replace('.', '\0'); // a name comes before those that it begins

    private static List<string> Usings(string source) =>
        [.. File.ReadLines(source).TakeWhile(line => !line.StartsWith("namespace ", StringComparison.Ordinal)).Where(IsPlain).Select(line => line[Keyword.Length..^1])];

    private static bool IsPlain(string line) => line.StartsWith(Keyword, StringComparison.Ordinal) && line.EndsWith(';') && !line.AsSpan(Keyword.Length).ContainsAny(" =(");

    /// <summary>A method may be an extension, which needs it.</summary>
    [GeneratedRegex(@"\bthis\.\w+\b(?![(<])")]
    private static partial Regex Qualified();
}
