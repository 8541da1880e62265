using CryptoScreener.ApiGateway;
using CryptoScreener.Hosting;
using CryptoScreener.Messaging;
using CryptoScreener.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CryptoScreener.IntegrationTests.GatewayRealtime;

/// <summary>The gateway as its process runs it, in this one, on a free port.</summary>
internal sealed class RunningGateway : IAsyncDisposable
{
    private readonly WebApplication _app;

    private RunningGateway(WebApplication app)
    {
        _app = app;
        Address = new Uri(app.Urls.First());
    }

    internal Uri Address { get; }

    internal Uri Socket => new($"ws://{Address.Authority}/ws/v1");

    internal T Get<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    internal static async Task<RunningGateway> StartAsync(string nats, string database, params string[] settings)
    {
        var builder = WebApplication.CreateSlimBuilder(
        [
            "--Hosting:MetricsPort=0", "--Hosting:ApiPort=0", "--Hosting:BindAddress=127.0.0.1", "--Messaging:StreamMegabytes=64",
            $"--Messaging:Url={nats}", $"--Storage:ConnectionString={database}", "--Realtime:ConnectsPerMinute=100000", "--Realtime:ConflateMilliseconds=20",
            "--Auth:AnonymousRead=true", "--Edge:AddressRequestsPerMinute=0",
            .. settings,
        ]);
        builder.AddScreenerDefaults("api-gateway");
        builder.Logging.ClearProviders();
        builder.Services.AddScreenerMessaging();
        builder.Services.AddScreenerStorage(builder.Configuration);
        builder.Services.AddApiGateway();
        var app = builder.Build();
        app.MapApiGateway();
        await app.StartAsync();
        return new RunningGateway(app);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(new CancellationTokenSource(TimeSpan.FromSeconds(10)).Token);
        await _app.DisposeAsync();
    }
}
