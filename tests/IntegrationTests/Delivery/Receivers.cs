using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CryptoScreener.IntegrationTests.Delivery;

/// <summary>Receivers of every temper behind one address: the path says which.</summary>
internal sealed class Receivers : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, ConcurrentQueue<(string Id, string Body)>> _requests = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ConcurrentQueue<(string Id, string Body)>> _accepted = new(StringComparer.Ordinal);

    private Receivers(WebApplication app) => _app = app;

    public Uri Address { get; private set; } = null!;

    /// <summary>While true, receivers below <c>/flapping</c> answer 503.</summary>
    public bool IsDown { get; set; }

    public static async Task<Receivers> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var receivers = new Receivers(builder.Build());
        receivers._app.MapPost("/{**path}", receivers.AnswerAsync);
        await receivers._app.StartAsync();
        receivers.Address = new(receivers._app.Urls.Single());
        return receivers;
    }

    public static readonly TimeSpan SlowAnswer = TimeSpan.FromMilliseconds(200);

    public IReadOnlyCollection<(string Id, string Body)> RequestsTo(string path) => _requests.GetValueOrDefault(path) ?? [];

    public IReadOnlyCollection<(string Id, string Body)> AcceptedBy(string path) => _accepted.GetValueOrDefault(path) ?? [];

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        using var reader = new StreamReader(context.Request.Body);
        var request = (context.Request.Headers["webhook-id"].ToString(), await reader.ReadToEndAsync());
        _requests.GetOrAdd(path, _ => new()).Enqueue(request);
        switch (path.Split('/')[1])
        {
            case "silent":
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                return;
            case "slow":
                await Task.Delay(SlowAnswer, TimeProvider.System, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                break;
            case "reset":
                context.Abort();
                return;
            case "redirecting":
                context.Response.Redirect("/ok/stolen");
                return;
            case "busy":
                context.Response.StatusCode = 429;
                context.Response.Headers.RetryAfter = "3600";
                return;
            case "abort":
                context.Response.StatusCode = 422;
                context.Response.Headers["webhook-delivery"] = "abort-message";
                return;
            case "gone":
                context.Response.StatusCode = 410;
                return;
            case "flapping" when IsDown:
                context.Response.StatusCode = 503;
                return;
            case "oversize":
                await WriteForeverAsync(context);
                break;
        }

        _accepted.GetOrAdd(path, _ => new()).Enqueue(request);
    }

    private static async Task WriteForeverAsync(HttpContext context)
    {
        var chunk = new byte[65_536];
        try
        {
            for (var i = 0; i < 10_000; i++) await context.Response.Body.WriteAsync(chunk, context.RequestAborted);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // the sender had enough
        }
    }
}
