using System.Xml.Linq;
using CryptoScreener.Testing;

namespace CryptoScreener.UnitTests.Architecture;

/// <summary>What the project files say they reference.</summary>
internal sealed record Project(string Name, string Folder, IReadOnlySet<string> Projects, IReadOnlySet<string> Packages, IReadOnlySet<string> Frameworks);

internal static class ProjectGraph
{
    internal static readonly IReadOnlyDictionary<string, Project> All = Load();

    private static Dictionary<string, Project> Load() =>
        new[] { "shared", "services", "deploy", "tests" }
            .SelectMany(folder => Directory.EnumerateFiles(Repository.PathOf(folder), "*.csproj", SearchOption.AllDirectories))
            .Where(path => !path.Contains("node_modules", StringComparison.Ordinal))
            .Select(Read)
            .ToDictionary(p => p.Name);

    private static Project Read(string path)
    {
        var xml = XDocument.Load(path);
        return new Project(
            Path.GetFileNameWithoutExtension(path),
            Path.GetRelativePath(Repository.Root, Path.GetDirectoryName(path)!).Replace('\\', '/'),
            Included(xml, "ProjectReference").Select(p => Path.GetFileNameWithoutExtension(p.Replace('\\', '/'))).ToHashSet(),
            Included(xml, "PackageReference").ToHashSet(),
            Included(xml, "FrameworkReference").ToHashSet());
    }

    private static IEnumerable<string> Included(XDocument xml, string element) =>
        xml.Descendants(element).Select(e => e.Attribute("Include")?.Value).OfType<string>();
}
