using System.Collections;
using System.Reflection;
using System.Text.RegularExpressions;
using CryptoScreener.Hosting;
using CryptoScreener.Messaging;
using CryptoScreener.Storage;
using CryptoScreener.Testing;

namespace CryptoScreener.ContractTests.Deployment;

/// <summary>Every setting that Compose or Kubernetes passes to a worker, or that a document names, is one that an options class has.</summary>
public sealed partial class SettingNameTests
{
    private static readonly string[] Services = ["DataCollector", "MetricsCalculator", "AlertEngine", "ApiGateway"];

    private static readonly Dictionary<string, Type> Sections = new[] { typeof(HostingOptions), typeof(MessagingOptions), typeof(StorageOptions) }
        .Select(type => type.Assembly)
        .Concat(Services.Select(name => Assembly.Load($"CryptoScreener.{name}")))
        .SelectMany(assembly => assembly.GetTypes())
        .Select(type => (Type: type, Section: type.GetField("Section", BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static)?.GetValue(null) as string))
        .Where(options => options.Section is not null)
        .ToDictionary(options => options.Section!, options => options.Type, StringComparer.OrdinalIgnoreCase);

    public static TheoryData<string> Names
    {
        get
        {
            var compose = ComposeFile.Services.Values.Where(ComposeFile.IsOurs).SelectMany(s => s.Map("environment").Select(e => e.Key));
            var cluster = Kustomization.Resolve("k8s/overlays/dev");
            var containers = cluster.Where(m => m.IsWorkload).SelectMany(m => m.Containers).SelectMany(c => c.List("env")).Select(e => e.Text("name"));
            var shared = cluster.Single(m => m.Name == "screener-settings").Body.Map("data").Select(e => e.Key);
            return [.. compose.Concat(containers).Concat(shared).Where(name => name.Contains("__", StringComparison.Ordinal)).Distinct().Order()];
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_setting_is_one_that_a_worker_reads(string name)
    {
        var path = name.Split("__");
        Assert.True(Sections.TryGetValue(path[0], out var options), $"{name}: no options class has the section {path[0]}");
        Assert.Null(Unknown(options, path.AsSpan(1)));
    }

    [Fact]
    public void Every_setting_that_a_document_names_is_one_that_a_worker_reads()
    {
        var documents = Directory.GetFiles(Repository.PathOf("docs"), "*.md").Append(Repository.PathOf("README.md"));
        var named = documents.SelectMany(file => Named().Matches(File.ReadAllText(file)).Select(match => (File: Path.GetFileName(file), Name: match.Value))).Distinct().ToList();
        Assert.True(named.Count > 50, $"only {named.Count} settings were found in the documents");
        // A section may lie in another's: Log and Log:Files.
        var unknown = named.Where(setting => setting.Name.Replace("__", ":", StringComparison.Ordinal) is var name
            && !Sections.Any(section => name.StartsWith($"{section.Key}:", StringComparison.OrdinalIgnoreCase)
                && Unknown(section.Value, name[(section.Key.Length + 1)..].Split(':')) is null));
        Assert.Empty(unknown);
    }

    [Fact]
    public void A_name_that_nobody_reads_is_found() => Assert.Equal("Urls", Unknown(typeof(MessagingOptions), ["Urls"]));

    /// <summary>As <c>Storage:MaxPoolSize</c> or <c>Storage__MaxPoolSize</c>; an ellipsis stands for a name of the reader's own.</summary>
    [GeneratedRegex(@"(?<![\w:/.])(?:Auth|Calculator|Collector|Delivery|Edge|Engine|Hosting|Log|Messaging|Operations|Quotas|Realtime|Storage|Telemetry)(?::|__)[A-Z][A-Za-z]*(?:(?::|__)[A-Za-z0-9…-]+)*")]
    private static partial Regex Named();

    private static string? Unknown(Type type, ReadOnlySpan<string> path)
    {
        if (path.Length == 0) return null;
        if (type.IsArray) return int.TryParse(path[0], out _) ? Unknown(type.GetElementType()!, path[1..]) : path[0];
        if (typeof(IDictionary).IsAssignableFrom(type)) return Unknown(type.GetGenericArguments()[1], path[1..]);
        var property = type.GetProperty(path[0], BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase);
        return property is null ? path[0] : Unknown(property.PropertyType, path[1..]);
    }
}
