using System.Collections.Concurrent;
using CryptoScreener.LocalServers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CryptoScreener.IntegrationTests.Delivery;

/// <summary>Many receivers behind one port that can be killed and started again. The path says of which temper each is.</summary>
internal sealed class KillableReceivers : IAsyncDisposable
{
    internal const int TakenBeforeGone = 20;
    private static readonly TimeSpan Slowness = TimeSpan.FromMilliseconds(20);
    private readonly string _address = $"http://127.0.0.1:{FreePort.Next()}";
    private readonly ConcurrentDictionary<string, Heard> _heard = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> _requests = new(StringComparer.Ordinal);
    private WebApplication? _app;

    /// <summary>While true, receivers below <c>/flapping</c> answer 503.</summary>
    public bool IsDown { get; set; }

    public IReadOnlyDictionary<string, Heard> ById => _heard;

    public string AddressOf(string path) => _address + path;

    public int RequestsTo(string path) => _requests.GetValueOrDefault(path);

    public async Task StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(_address);
        _app = builder.Build();
        _app.MapPost("/{**path}", AnswerAsync);
        await _app.StartAsync();
    }

    /// <summary>Cuts every connection, whatever was about to be answered.</summary>
    public async Task KillAsync()
    {
        if (_app is null) return;
        await _app.StopAsync(new CancellationToken(canceled: true)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _app.DisposeAsync();
        _app = null;
    }

    public async ValueTask DisposeAsync() => await KillAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        using var reader = new StreamReader(context.Request.Body);
        var (id, body) = (context.Request.Headers["webhook-id"].ToString(), await reader.ReadToEndAsync());
        var number = _requests.AddOrUpdate(path, 1, (_, before) => before + 1);
        var temper = path.Split('/')[1];
        if (temper == "slow") await Task.Delay(Slowness, TimeProvider.System, CancellationToken.None);
        context.Response.StatusCode = temper switch
        {
            "gone" when number > TakenBeforeGone => StatusCodes.Status410Gone,
            "flapping" when IsDown => StatusCodes.Status503ServiceUnavailable,
            _ => StatusCodes.Status204NoContent,
        };
        _heard.GetOrAdd(id, _ => new Heard(path, body)).Note(path, body, context.Response.StatusCode == StatusCodes.Status204NoContent);
    }
}
