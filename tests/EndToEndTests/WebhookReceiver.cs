using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CryptoScreener.EndToEndTests;

/// <summary>One accepted request.</summary>
internal sealed record ReceivedWebhook(string Id, string Type, JsonElement Data, string? TraceId, string CorrelationId);

/// <summary>A bot's webhook: checks the signature by itself, from the specification, and keeps what it got.</summary>
internal sealed class WebhookReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);
    private readonly ConcurrentQueue<ReceivedWebhook> _received = new();
    private readonly ConcurrentQueue<string> _refused = new();

    private WebhookReceiver(WebApplication app) => _app = app;

    public string Url { get; private set; } = "";

    public string Secret => $"whsec_{Convert.ToBase64String(_key)}";

    public IReadOnlyCollection<ReceivedWebhook> Received => _received;

    public IReadOnlyCollection<string> Refused => _refused;

    /// <summary>What the next requests are answered, before any is accepted: <c>busy</c> or <c>abort</c>.</summary>
    public ConcurrentQueue<string> Moods { get; } = new();

    /// <summary>Answers everything with 503 as long as it is.</summary>
    public bool IsDown { get; set; }

    public static async Task<WebhookReceiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var receiver = new WebhookReceiver(builder.Build());
        receiver._app.MapPost("/hook", receiver.TakeAsync);
        await receiver._app.StartAsync();
        receiver.Url = $"{receiver._app.Urls.Single()}/hook";
        return receiver;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private static string? TraceIdOf(HttpRequest request) => request.Headers.TraceParent.ToString().Split('-') is [_, var id, ..] ? id : null;

    private async Task<IResult> TakeAsync(HttpRequest request)
    {
        using var reader = new StreamReader(request.Body, Encoding.UTF8);
        var body = await reader.ReadToEndAsync();
        var id = request.Headers["webhook-id"].ToString();
        var signed = string.Create(CultureInfo.InvariantCulture, $"{id}.{request.Headers["webhook-timestamp"]}.{body}");
        var expected = "v1," + Convert.ToBase64String(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(signed)));
        if (!request.Headers["webhook-signature"].ToString().Split(' ').Contains(expected, StringComparer.Ordinal))
        {
            _refused.Enqueue(body);
            return Results.Unauthorized();
        }

        if (IsDown) return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
        if (Moods.TryDequeue(out var mood))
        {
            if (mood == "abort") request.HttpContext.Response.Headers["webhook-delivery"] = "abort-message";
            return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
        }

        var json = JsonDocument.Parse(body).RootElement;
        _received.Enqueue(new ReceivedWebhook(id, json.GetProperty("type").GetString()!, json.GetProperty("data"), TraceIdOf(request), request.Headers["X-Correlation-ID"].ToString()));
        return Results.Ok();
    }
}
