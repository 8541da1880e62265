using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;

namespace CryptoScreener.ContractTests.Gateway;

/// <summary>The description of the API is complete, says what is served, and is kept in the repository.</summary>
public sealed partial class OpenApiTests(GatewayUnderTest gateway) : IClassFixture<GatewayUnderTest>
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public async Task The_kept_description_is_the_one_that_is_served()
    {
        var served = await ReadAsync();
        served["info"]!["version"] = "0"; // of every build another
        var text = served.ToJsonString(Indented) + "\n";
        var kept = Path.Combine(Root(), "docs", "openapi.json");
        if (Environment.GetEnvironmentVariable("UPDATE_OPENAPI") == "1") await File.WriteAllTextAsync(kept, text);
        Assert.True(text == await File.ReadAllTextAsync(kept), "docs/openapi.json is not what the gateway serves: look at the change, then run `make openapi`.");
    }

    [Fact]
    public async Task Every_route_is_described_once_with_words_answers_and_an_example()
    {
        var api = await ReadAsync();
        Assert.StartsWith("3.1", api["openapi"]!.GetValue<string>(), StringComparison.Ordinal);
        var described = Operations(api).ToDictionary(operation => operation.Route, operation => operation.Details);
        Assert.Equal(Served().Order(), described.Keys.Order());
        Assert.Equal(described.Count, described.Values.Select(details => details["operationId"]!.GetValue<string>()).Distinct().Count());
        foreach (var (route, details) in described)
        {
            Assert.False(string.IsNullOrWhiteSpace(details["summary"]?.GetValue<string>()), $"{route} has no summary");
            Assert.True(details["tags"] is JsonArray { Count: 1 }, $"{route} has no tag");
            var answers = details["responses"]!.AsObject();
            Assert.Contains(answers, answer => answer.Key[0] == '2');
            foreach (var (status, answer) in answers.Where(answer => answer.Key[0] == '2'))
                if (answer!["content"]?["application/json"] is { } content) Assert.True(content["example"] is not null, $"{route} {status} has no example");
            if (details["requestBody"] is { } body) Assert.True(body["content"]!["application/json"]!["example"] is not null, $"the body of {route} has no example");
        }
    }

    [Fact]
    public async Task Every_reference_leads_somewhere()
    {
        var api = await ReadAsync();
        foreach (var path in References().Matches(api.ToJsonString()).Select(match => match.Groups[1].Value).Distinct())
        {
            JsonNode? place = api;
            foreach (var step in path.Split('/')) place = place?[step];
            Assert.True(place is not null, $"#/{path} leads nowhere");
        }
    }

    [Fact]
    public async Task Examples_have_the_fields_of_their_descriptions()
    {
        var api = await ReadAsync();
        foreach (var (route, details) in Operations(api))
            foreach (var content in Contents(details))
                if (content["example"] is { } example) Check(api, content["schema"]!, example, route);
    }

    [GeneratedRegex("\"#/([^\"]+)\"")]
    private static partial Regex References();

    private static IEnumerable<JsonNode> Contents(JsonNode details)
    {
        var bodies = details["responses"]!.AsObject().Select(answer => answer.Value!["content"]).Append(details["requestBody"]?["content"]);
        return bodies.OfType<JsonObject>().SelectMany(body => body.Select(content => content.Value!));
    }

    // As far as the schemas that the gateway writes go: objects, lists, references.
    private static void Check(JsonNode api, JsonNode schema, JsonNode? example, string where)
    {
        if (schema["$ref"]?.GetValue<string>() is { } reference)
        {
            var target = reference["#/".Length..].Split('/').Aggregate(api, (place, step) => place[step]!);
            Check(api, target, example, where);
            return;
        }

        if (schema["oneOf"] is JsonArray choices)
        {
            if (example is not null) Check(api, choices.First(choice => choice!["type"]?.ToString() != "null")!, example, where);
            return;
        }

        if (example is JsonArray list && schema["items"] is { } items)
            foreach (var item in list) Check(api, items, item, $"{where}[]");
        if (example is not JsonObject fields || schema["properties"] is not JsonObject known) return;
        foreach (var (name, value) in fields)
        {
            Assert.True(known.ContainsKey(name), $"{where}: the example has '{name}', which the description does not");
            Check(api, known[name]!, value, $"{where}.{name}");
        }
    }

    private static IEnumerable<(string Route, JsonNode Details)> Operations(JsonNode api) =>
        from path in api["paths"]!.AsObject()
        from operation in path.Value!.AsObject()
        select ($"{operation.Key.ToUpperInvariant()} {path.Key}", operation.Value!);

    private IEnumerable<string> Served() => gateway.Routes
        .Where(route => route.Metadata.GetMetadata<IHttpMethodMetadata>() is not null && route.Metadata.GetMetadata<IExcludeFromDescriptionMetadata>()?.ExcludeFromDescription != true && !route.RoutePattern.RawText!.EndsWith("/health", StringComparison.Ordinal))
        .SelectMany(route => route.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods.Select(method => $"{method} /{route.RoutePattern.RawText!.Trim('/')}"));

    private async Task<JsonNode> ReadAsync()
    {
        using var http = new HttpClient();
        return JsonNode.Parse(await http.GetStringAsync($"http://{gateway.Authority}/openapi/v1.json"))!;
    }

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "CryptoScreener.sln"))) folder = Path.GetDirectoryName(folder)!;
        return folder;
    }
}
