using System.Text.Json;
using CryptoScreener.ApiGateway.Auth;
using CryptoScreener.ApiGateway.Endpoints;
using CryptoScreener.Storage.Access;

namespace CryptoScreener.ApiGateway.Compatibility;

/// <param name="WebhookUrl">Kept for the client that wrote it; deliveries go to the account's endpoints.</param>
internal sealed record FormerSettings(IReadOnlyList<string>? SelectedAlerts, string? WebhookUrl, bool? NotificationEnabled);

internal static class FormerSettingsEndpoints
{
    private const string Name = "former";
    private const int MaxAlerts = 500;
    private const int MaxText = 2_000;
    private static readonly FormerSettings Fresh = new([], null, false);

    public static void MapFormerSettings(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/settings", GetAsync).Reads(Scopes.Settings, known: true)
            .WithTags("earlier clients").WithSummary("Your settings as the earlier page has them").Produces<FormerSettings>();
        routes.MapPost("/api/settings", SaveAsync).Writes(Scopes.Settings, Role.Reader)
            .WithTags("earlier clients").WithSummary("Changes the settings that are sent").Produces<FormerSettings>();
    }

    private static async Task<FormerSettings> GetAsync(HttpContext http, SettingsStore settings) =>
        await settings.FindAsync(http.Account().Subject, Name, http.RequestAborted) is { } stored ? JsonSerializer.Deserialize<FormerSettings>(stored.Json, ApiJson.Options)! : Fresh;

    private static async Task<IResult> SaveAsync(HttpContext http, FormerSettings sent, SettingsStore settings)
    {
        if (sent.SelectedAlerts is { } alerts && (alerts.Count > MaxAlerts || alerts.Any(alert => alert is null or { Length: > 200 })))
            return Problem.Invalid("selected_alerts", $"must hold at most {MaxAlerts} texts of at most 200 characters");
        if (sent.WebhookUrl is { Length: > 0 } address && !IsAddress(address))
            return Problem.Invalid("webhook_url", "must be an address that begins with https://");
        var known = await GetAsync(http, settings);
        var now = new FormerSettings(sent.SelectedAlerts ?? known.SelectedAlerts, sent.WebhookUrl ?? known.WebhookUrl, sent.NotificationEnabled ?? known.NotificationEnabled);
        await settings.SaveAsync(http.Account().Subject, Name, JsonSerializer.Serialize(now, ApiJson.Options), stop: http.RequestAborted);
        return TypedResults.Ok(now);
    }

    private static bool IsAddress(string text) => text.Length <= MaxText && Uri.TryCreate(text, UriKind.Absolute, out var uri) && (uri.Scheme is "https" or "http");
}
