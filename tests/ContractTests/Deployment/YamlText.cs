using System.Text.Json.Nodes;
using CryptoScreener.Testing;
using YamlDotNet.RepresentationModel;

namespace CryptoScreener.ContractTests.Deployment;

/// <summary>YAML as trees that are easy to walk. Strict: a key that stands twice is an error. Every scalar is a text.</summary>
internal static class YamlText
{
    public static IReadOnlyList<JsonObject> ReadFile(string path) => Read(File.ReadAllText(Repository.PathOf(path.Split('/'))));

    public static IReadOnlyList<JsonObject> Read(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return [.. stream.Documents.Select(document => Convert(document.RootNode)).OfType<JsonObject>()];
    }

    public static JsonArray List(this JsonNode? node, string name) => node?[name] as JsonArray ?? [];

    public static JsonObject Map(this JsonNode? node, string name) => node?[name] as JsonObject ?? [];

    public static string Text(this JsonNode? node, string name) => node?[name] is JsonValue value ? value.GetValue<string>() : "";

    /// <summary>The node at a path such as <c>spec/template</c>.</summary>
    public static JsonNode? At(this JsonNode? node, string path) =>
        path.Split('/').Aggregate(node, (at, name) => at is JsonArray list ? list[int.Parse(name, System.Globalization.CultureInfo.InvariantCulture)] : at?[name]);

    /// <summary>Every text anywhere in the tree.</summary>
    public static IEnumerable<string> Texts(this JsonNode? node) => node switch
    {
        JsonObject map => map.SelectMany(entry => entry.Value.Texts()),
        JsonArray list => list.SelectMany(item => item.Texts()),
        JsonValue value => [value.GetValue<string>()],
        _ => [],
    };

    /// <inheritdoc cref="Texts(JsonNode?)"/>
    public static IEnumerable<string> EachText(this IEnumerable<JsonNode?> nodes) => nodes.SelectMany(node => node.Texts());

    private static JsonNode? Convert(YamlNode node) => node switch
    {
        YamlMappingNode map => Merge(map),
        YamlSequenceNode list => new JsonArray([.. list.Children.Select(Convert)]),
        YamlScalarNode { Value: { } value } => JsonValue.Create(value),
        _ => null,
    };

    /// <summary>With <c>&lt;&lt;</c> as Compose understands it: a mapping's own keys win over those it takes in.</summary>
    private static JsonObject Merge(YamlMappingNode map)
    {
        var own = map.Children.Select(entry => KeyValuePair.Create(((YamlScalarNode)entry.Key).Value!, entry.Value)).ToList();
        var merged = new JsonObject(own.Where(entry => entry.Key != "<<").Select(entry => KeyValuePair.Create(entry.Key, Convert(entry.Value))));
        foreach (var taken in own.Where(entry => entry.Key == "<<").Select(entry => (JsonObject)Convert(entry.Value)!))
            foreach (var (key, value) in taken) merged.TryAdd(key, value?.DeepClone());
        return merged;
    }
}
