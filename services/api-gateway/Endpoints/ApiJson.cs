using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CryptoScreener.ApiGateway.Endpoints;

/// <summary>How the API reads and writes JSON: snake_case, words for enums, and no field that nobody knows.</summary>
internal static class ApiJson
{
    private const int MaxDepth = 16;

    public static readonly JsonSerializerOptions Options = Configure(new JsonSerializerOptions(JsonSerializerDefaults.Web));

    public static JsonSerializerOptions Configure(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
        options.DictionaryKeyPolicy = null;
        options.PropertyNameCaseInsensitive = false;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow; // a misspelt field would pass for the default
        options.AllowDuplicateProperties = false;
        options.RespectNullableAnnotations = true; // null where a list belongs is told here, not found by whoever reads the list
        options.MaxDepth = MaxDepth;
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping; // it is JSON, never part of a page
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false));
        return options;
    }
}
