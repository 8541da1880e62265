using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CryptoScreener.Testing;

namespace CryptoScreener.ContractTests.Deployment;

internal static partial class ComposeFile
{
    public static readonly JsonObject Root = YamlText.ReadFile("docker-compose.yml").Single();

    public static readonly IReadOnlyDictionary<string, JsonNode> Services = Root.Map("services").ToDictionary(s => s.Key, s => s.Value!);

    public static string Text { get; } = File.ReadAllText(Repository.PathOf("docker-compose.yml"));

    /// <summary>Names that the file takes from .env, and whether it does without.</summary>
    public static IReadOnlySet<string> Variables { get; } = Variable().Matches(Text).Select(m => m.Groups[1].Value).ToHashSet();

    public static bool IsOurs(JsonNode service) => service.Text("image").StartsWith("cryptoscreener/", StringComparison.Ordinal);

    public static IReadOnlyDictionary<string, string> Environment(string file) => File.ReadLines(Repository.PathOf(file))
        .Where(line => line.Contains('=', StringComparison.Ordinal) && !line.StartsWith('#'))
        .ToDictionary(line => line[..line.IndexOf('=', StringComparison.Ordinal)], line => line[(line.IndexOf('=', StringComparison.Ordinal) + 1)..]);

    [GeneratedRegex(@"(?<!\$)\$\{(?!COMPOSE_)([A-Z0-9_]+)")]
    private static partial Regex Variable();
}
