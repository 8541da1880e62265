using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CryptoScreener.ApiGateway.Auth;
using CryptoScreener.ApiGateway.Edge;
using CryptoScreener.ApiGateway.Endpoints;
using CryptoScreener.ApiGateway.Realtime.Sockets;
using CryptoScreener.Contracts.Bus;
using CryptoScreener.Messaging.Publishing;
using Microsoft.Extensions.Options;

namespace CryptoScreener.ApiGateway.Operations;

/// <summary>The operators' views: only what is measured; what is not is absent.</summary>
internal static class OperationsEndpoints
{
    private static readonly Parameter<int> Minutes = Parameter.Whole(
        "duration_minutes", 1, PerformancePast.MaxMinutes, (int)PerformanceHistory.Kept.TotalMinutes, "How far back: up to an hour every five seconds, longer by minutes or more, in at most 720 points.");

    public static void MapOperations(this WebApplication app)
    {
        app.MapGet("/api/v1/services", (HttpContext http, ServiceBook services) => WriteAsync(http, services.Now(), OperationsJson.Default.IReadOnlyListServiceReport)).Reads(Scopes.Operations)
            .WithTags("operations").WithSummary("The newest word of every worker").Produces<IReadOnlyList<ServiceReport>>();
        app.MapGet("/api/v1/exchanges", (HttpContext http, ExchangeBook exchanges) => WriteAsync(http, exchanges.Now(), OperationsJson.Default.IReadOnlyListExchangeHealth)).Reads(Scopes.Market)
            .WithTags("market").WithSummary("How each exchange's feed does").Produces<IReadOnlyList<ExchangeHealth>>();
        app.MapGet("/api/operations-overview", async (HttpContext http, OperationsViews views) => await WriteAsync(http, await views.OverviewAsync(http.RequestAborted), OperationsJson.Default.OperationsOverview)).Reads(Scopes.Operations)
            .WithTags("operations").WithSummary("Health score, findings, alerts, capacity").Produces<OperationsOverview>();
        app.MapGet("/api/performance-metrics", (HttpContext http, OperationsViews views) => WriteAsync(http, views.Now(), OperationsJson.Default.PerformanceNow)).Reads(Scopes.Operations)
            .WithTags("operations").WithSummary("Rates and latencies at this moment").Produces<PerformanceNow>();
        app.MapGet("/api/performance-history", HistoryAsync).Reads(Scopes.Operations).Takes(Minutes)
            .WithTags("operations").WithSummary("How the system did, for up to thirty days, oldest first").Produces<IReadOnlyList<PerformanceSample>>();
        app.MapGet("/api/executive-summary", async (HttpContext http, OperationsViews views) => await WriteAsync(http, await views.SummaryAsync(http.RequestAborted), OperationsJson.Default.ExecutiveSummary)).Reads(Scopes.Operations)
            .WithTags("operations").WithSummary("Availability, latency and deliveries against their objectives").Produces<ExecutiveSummary>();
        app.Map("/ws/real-time-metrics", FollowAsync).Reads(Scopes.Operations);
        var webhook = app.MapPost("/alerts/webhook", HearAsync).WithTags("operations").WithSummary("Where Alertmanager posts")
            .Accepts<AlertmanagerPost>("application/json").TakesAnyBody().Produces(StatusCodes.Status204NoContent);
        var options = app.Services.GetRequiredService<IOptions<OperationsOptions>>().Value;
        if (options.WebhookToken.Length > 0) webhook.ChecksItsOwnCredential();
        else if (options.OpenWebhook) webhook.OpenToAll();
        else webhook.Writes(Scopes.Operations);
    }

    private static async Task HistoryAsync(HttpContext http, PerformancePast past)
    {
        var query = new QueryReader(http);
        var minutes = query.Get(Minutes);
        if (query.Problem is { } problem) await problem.ExecuteAsync(http);
        else await WriteAsync(http, await past.LastAsync(minutes, http.RequestAborted), OperationsJson.Default.IReadOnlyListPerformanceSample);
    }

    /// <summary>Alertmanager's posts (webhook version 4).</summary>
    private static async Task HearAsync(HttpContext http, OperatorAlertBook alerts, CorePublisher bus, IOptions<OperationsOptions> options)
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
                await bus.PublishAsync(Subjects.OperatorAlerts, JsonSerializer.SerializeToUtf8Bytes(post, OperationsJson.Default.AlertmanagerPost), http.RequestAborted);
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

    private static Task FollowAsync(HttpContext http, OperationsViews views, PerformanceSampler sampler, OneWayEndpoint endpoint) =>
        endpoint.HandleAsync(http, new MetricsSocket(views, sampler));

    private static async Task WriteAsync<T>(HttpContext http, T value, JsonTypeInfo<T> type)
    {
        http.Response.ContentType = "application/json";
        await JsonSerializer.SerializeAsync(http.Response.Body, value, type, http.RequestAborted);
    }
}
