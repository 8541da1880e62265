using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace CryptoScreener.Benchmarks.Delivery;

/// <summary>Takes everything and counts.</summary>
internal sealed class CountingReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _count;
    private int _wanted = int.MaxValue;

    private CountingReceiver(WebApplication app) => _app = app;

    public Uri Address { get; private set; } = null!;

    public static async Task<CountingReceiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var receiver = new CountingReceiver(builder.Build());
        receiver._app.Run(async context =>
        {
            await context.Request.Body.CopyToAsync(Stream.Null);
            if (Interlocked.Increment(ref receiver._count) >= Volatile.Read(ref receiver._wanted)) receiver._reached.TrySetResult();
        });
        await receiver._app.StartAsync();
        receiver.Address = new(receiver._app.Urls.Single());
        return receiver;
    }

    public void Reset()
    {
        _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Volatile.Write(ref _wanted, int.MaxValue);
        Volatile.Write(ref _count, 0);
    }

    public Task ReachedAsync(int count)
    {
        Volatile.Write(ref _wanted, count);
        if (Volatile.Read(ref _count) >= count) _reached.TrySetResult();
        return _reached.Task.WaitAsync(TimeSpan.FromMinutes(2));
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();
}
