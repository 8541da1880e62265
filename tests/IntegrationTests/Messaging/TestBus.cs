using CryptoScreener.LocalServers;
using CryptoScreener.Messaging;
using CryptoScreener.Messaging.Connection;
using CryptoScreener.Messaging.Publishing;
using CryptoScreener.Messaging.Reading;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CryptoScreener.IntegrationTests.Messaging;

/// <summary>A worker's bus without the worker.</summary>
internal sealed class TestBus : IAsyncDisposable
{
    private readonly IHost _host;

    private TestBus(IHost host) => _host = host;

    public Bus Bus => Get<Bus>();

    public StoredPublisher Stored => Get<StoredPublisher>();

    public OncePublisher Once => Get<OncePublisher>();

    public StoredReader Reader => Get<StoredReader>();

    public CorePublisher Core => Get<CorePublisher>();

    public CoreListener Listener => Get<CoreListener>();

    public T Get<T>()
        where T : notnull => _host.Services.GetRequiredService<T>();

    public static async Task<TestBus> StartAsync(LocalNats nats, int publishBuffer = 10_000, int duplicateWindowSeconds = 1_800)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration[$"{MessagingOptions.Section}:{nameof(MessagingOptions.Url)}"] = nats.Url;
        builder.Configuration[$"{MessagingOptions.Section}:{nameof(MessagingOptions.StreamMegabytes)}"] = "64";
        builder.Configuration[$"{MessagingOptions.Section}:{nameof(MessagingOptions.PublishBuffer)}"] = $"{publishBuffer}";
        builder.Configuration[$"{MessagingOptions.Section}:{nameof(MessagingOptions.DuplicateWindowSeconds)}"] = $"{duplicateWindowSeconds}";
        builder.Services.AddMetrics();
        builder.Services.AddScreenerMessaging();
        var host = builder.Build();
        await host.StartAsync();
        var bus = new TestBus(host);
        await bus.Bus.WhenReadyAsync(new CancellationTokenSource(TimeSpan.FromMinutes(1)).Token);
        return bus;
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync(new CancellationTokenSource(TimeSpan.FromSeconds(5)).Token);
        _host.Dispose();
    }
}
