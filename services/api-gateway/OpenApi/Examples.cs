using System.Text.Json.Nodes;

namespace CryptoScreener.ApiGateway.OpenApi;

/// <summary>What a request and its answer look like, by route: <c>POST /api/v1/rules</c>. Kept beside the code as <c>examples.json</c>; tests send them.</summary>
internal sealed class Examples
{
    private readonly JsonObject _routes = Read();

    public JsonNode? Request(string route) => Find(route, "request");

    public JsonNode? Answer(string route) => Find(route, "answer");

    private JsonNode? Find(string route, string part) => _routes[route]?[part]?.DeepClone();

    private static JsonObject Read()
    {
        using var file = typeof(Examples).Assembly.GetManifestResourceStream("examples.json")!;
        return JsonNode.Parse(file)!.AsObject();
    }
}
