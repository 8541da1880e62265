using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Unicode;
using CryptoScreener.ApiGateway.Auth;
using CryptoScreener.ApiGateway.Edge;
using CryptoScreener.Storage.Access;

namespace CryptoScreener.ApiGateway.Endpoints;

internal static class SettingsEndpoints
{
    private const string Name = "user";
    private const int MaxBytes = 64 * 1024;
    private static readonly JsonElement Empty = JsonElement.Parse("{}");

    public static void MapSettings(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/settings", GetAsync).Reads(Scopes.Settings, known: true).WithETag()
            .WithTags("accounts").WithSummary("Your own settings: whatever the page keeps. If-Match compares what their ETag begins with").Produces<JsonElement>();
        routes.MapPut("/api/v1/settings", PutAsync).Writes(Scopes.Settings, Role.Reader)
            .WithTags("accounts").WithSummary("Replaces your settings: a JSON object of at most 64 KB").TakesIfMatch(isRequired: false).Accepts<JsonElement>("application/json").TakesAnyBody().Produces<JsonElement>();
    }

    private static async Task<IResult> GetAsync(HttpContext http, SettingsStore settings)
    {
        var stored = await settings.FindAsync(http.Account().Subject, Name, http.RequestAborted);
        http.Response.Headers.ETag = TagOf(stored?.Version ?? SettingsStore.Nothing);
        return TypedResults.Ok(stored is null ? Empty : JsonElement.Parse(stored.Json));
    }

    private static async Task<IResult> PutAsync(HttpContext http, JsonElement body, SettingsStore settings)
    {
        if (body.ValueKind != JsonValueKind.Object) return Problem.BadBody("Settings are a JSON object.");
        var bytes = JsonMarshal.GetRawUtf8Value(body);
        if (bytes.Length > MaxBytes) return BadRequests.TooLarge;
        if (!Utf8.IsValid(bytes)) return Problem.BadBody("Settings are a JSON object in UTF-8."); // the reader of JSON looks at texts only when they are asked for
        var text = body.GetRawText();
        if (await settings.SaveAsync(http.Account().Subject, Name, text, http.Request.WantedVersions(), http.RequestAborted) is not { } version)
            return Problem.PreconditionFailed("Your settings were changed meanwhile: read them again.");
        http.Response.Headers.ETag = TagOf(version);
        return TypedResults.Ok(body);
    }

    private static string TagOf(string version) => $"\"{version}\"";
}
