using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CryptoScreener.ApiGateway.Auth;
using CryptoScreener.ApiGateway.Endpoints;
using CryptoScreener.ApiGateway.Realtime.Sockets;
using Microsoft.Extensions.Options;

namespace CryptoScreener.ApiGateway.Operations;

/// <summary>The operators' views: only what is measured; what is not is absent.</summary>
internal static class OperationsEndpoints
{
    public static void MapOperations(this WebApplication app)
    {
        app.MapGet("/api/v1/services", (HttpContext http, ServiceBook services) => WriteAsync(http, services.Now(), OperationsJson.Default.IReadOnlyListServiceReport)).Reads(Scopes.Operations)
            .WithTags("operations").WithSummary("The newest word of every worker").Produces<IReadOnlyList<ServiceReport>>();
        app.MapGet("/api/v1/exchanges", (HttpContext http, ExchangeBook exchanges) => WriteAsync(http, exchanges.Now(), OperationsJson.Default.IReadOnlyListExchangeHealth)).Reads(Scopes.Market)
            .WithTags("market").WithSummary("How each exchange's feed does").Produces<IReadOnlyList<ExchangeHealth>>();
        app.MapGet("/api/operations-overview", (HttpContext http, OperationsViews views) => WriteAsync(http, views.Overview(), OperationsJson.Default.OperationsOverview)).Reads(Scopes.Operations)
            .WithTags("operations").WithSummary("Health score, findings, alerts, capacity").Produces<OperationsOverview>();
        app.MapGet("/api/performance-metrics", (HttpContext http, OperationsViews views) => WriteAsync(http, views.Now(), OperationsJson.Default.PerformanceNow)).Reads(Scopes.Operations)
            .WithTags("operations").WithSummary("Rates and latencies at this moment").Produces<PerformanceNow>();
        app.MapGet("/api/performance-history", HistoryAsync).Reads(Scopes.Operations)
            .WithTags("operations").WithSummary("The samples of up to an hour, oldest first").Produces<IReadOnlyList<PerformanceSample>>();
        app.MapGet("/api/executive-summary", (HttpContext http, OperationsViews views) => WriteAsync(http, views.Summary(), OperationsJson.Default.ExecutiveSummary)).Reads(Scopes.Operations)
            .WithTags("operations").WithSummary("Availability, latency and deliveries against their objectives").Produces<ExecutiveSummary>();
        app.Map("/ws/real-time-metrics", FollowAsync).Reads(Scopes.Operations);
        var webhook = app.MapPost("/alerts/webhook", HearAsync).WithTags("operations").WithSummary("Where Alertmanager posts")
            .Accepts<AlertmanagerPost>("application/json").Produces(StatusCodes.Status204NoContent);
        var options = app.Services.GetRequiredService<IOptions<OperationsOptions>>().Value;
        if (options.WebhookToken.Length > 0) webhook.ChecksItsOwnCredential();
        else if (options.OpenWebhook) webhook.OpenToAll();
        else webhook.Writes(Scopes.Operations);
    }

    /// <summary>The samples of the last minutes, <c>?duration_minutes=60</c> at most, oldest first.</summary>
    private static Task HistoryAsync(HttpContext http, PerformanceHistory history, TimeProvider time)
    {
        var minutes = (int)PerformanceHistory.Kept.TotalMinutes;
        string? text = http.Request.Query["duration_minutes"];
        if (!string.IsNullOrEmpty(text) && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out minutes) || minutes is < 1 or > 60))
            return Problem.BadParameter("duration_minutes", "a whole number from 1 to 60").ExecuteAsync(http);
        return WriteAsync(http, history.Since(time.GetUtcNow().UtcDateTime - TimeSpan.FromMinutes(minutes)), OperationsJson.Default.IReadOnlyListPerformanceSample);
    }

    /// <summary>Alertmanager's posts (webhook version 4).</summary>
    private static async Task HearAsync(HttpContext http, OperatorAlertBook alerts, IOptions<OperationsOptions> options)
    {
        if (options.Value.WebhookToken is { Length: > 0 } token && !IsBearer(http.Request, token))
        {
            await Problem.Unauthenticated("This needs Authorization: Bearer and the token of Operations:WebhookToken.", wasGiven: true).ExecuteAsync(http);
            return;
        }

        try
        {
            var post = await JsonSerializer.DeserializeAsync(http.Request.Body, OperationsJson.Default.AlertmanagerPost, http.RequestAborted);
            if (post?.Alerts is not null)
            {
                alerts.Hear(post);
                http.Response.StatusCode = StatusCodes.Status204NoContent;
                return;
            }
        }
        catch (JsonException)
        {
            // answered below
        }

        await Problem.BadBody("The body is not what Alertmanager posts: {\"version\": \"4\", \"alerts\": [ … ]}.").ExecuteAsync(http);
    }

    private static bool IsBearer(HttpRequest request, string token) => CryptographicOperations.FixedTimeEquals(
        Encoding.UTF8.GetBytes(request.Headers.Authorization.ToString()), Encoding.UTF8.GetBytes($"Bearer {token}"));

    private static async Task FollowAsync(HttpContext http, OperationsViews views, PerformanceSampler sampler, Admission admission, IHostApplicationLifetime life)
    {
        if (admission.Enter(http) is { } refusal)
        {
            await refusal.ExecuteAsync(http);
            return;
        }

        try
        {
            using var socket = await http.WebSockets.AcceptWebSocketAsync();
            using var ending = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, life.ApplicationStopping);
            await new MetricsSocket(socket, views, sampler).RunAsync(ending.Token);
        }
        finally
        {
            admission.Leave();
        }
    }

    private static async Task WriteAsync<T>(HttpContext http, T value, JsonTypeInfo<T> type)
    {
        http.Response.ContentType = "application/json";
        await JsonSerializer.SerializeAsync(http.Response.Body, value, type, http.RequestAborted);
    }
}
