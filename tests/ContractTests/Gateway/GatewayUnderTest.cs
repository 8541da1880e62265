using System.Globalization;
using System.Text.Json;
using CryptoScreener.ApiGateway;
using CryptoScreener.Contracts.Alerts;
using CryptoScreener.Contracts.Bus;
using CryptoScreener.Contracts.Instruments;
using CryptoScreener.Contracts.Json;
using CryptoScreener.Hosting;
using CryptoScreener.LocalServers;
using CryptoScreener.Messaging;
using CryptoScreener.Messaging.Publishing;
using CryptoScreener.Storage;
using CryptoScreener.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CryptoScreener.ContractTests.Gateway;

/// <summary>A gateway on a bus of its own, open to anonymous readers, and alerts for it to pass on.</summary>
public sealed class GatewayUnderTest : IAsyncLifetime
{
    private static readonly InstrumentId Instrument = new("test", "CONTRACT");
    private readonly ServersFixture _servers = new();
    private LocalNats? _nats;
    private WebApplication? _app;
    private int _alerts;

    internal string Authority => new Uri(_app!.Urls.First()).Authority;

    internal IEnumerable<RouteEndpoint> Routes => _app!.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>();

    public async Task InitializeAsync()
    {
        await _servers.InitializeAsync();
        _nats = await LocalNats.StartAsync();
        var builder = WebApplication.CreateSlimBuilder(
        [
            "--Hosting:MetricsPort=0", "--Hosting:ApiPort=0", "--Hosting:BindAddress=127.0.0.1", "--Messaging:StreamMegabytes=64",
            $"--Messaging:Url={_nats.Url}", $"--Storage:ConnectionString={await _servers.CreateDatabaseAsync()}", "--Auth:AnonymousRead=true",
        ]);
        builder.AddScreenerDefaults("api-gateway");
        builder.Logging.ClearProviders();
        builder.Services.AddScreenerMessaging();
        builder.Services.AddScreenerStorage(builder.Configuration);
        builder.Services.AddApiGateway();
        _app = builder.Build();
        _app.MapApiGateway();
        await _app.StartAsync();
    }

    public async Task DisposeAsync()
    {
        await _app!.StopAsync(new CancellationTokenSource(TimeSpan.FromSeconds(10)).Token);
        await _app.DisposeAsync();
        await _nats!.DisposeAsync();
    }

    /// <summary>Publishes alerts a1, a2, … one at a time until somebody has had enough.</summary>
    internal async Task<T> WhileAlertsComeAsync<T>(Task<T> somebody)
    {
        var stored = _app!.Services.GetRequiredService<StoredPublisher>();
        while (!somebody.IsCompleted)
        {
            var id = string.Create(CultureInfo.InvariantCulture, $"a{++_alerts}");
            var alert = new AlertEvent
            {
                Id = id,
                Symbol = Instrument.Symbol,
                Exchange = Instrument.Exchange,
                RuleType = "custom",
                RuleId = "r1",
                RuleVersion = 1,
                Description = "ümläut 😀",
                Severity = AlertSeverity.Info,
                State = AlertState.Fired,
                Timestamp = DateTime.UnixEpoch,
                Price = _alerts,
                Metadata = new Dictionary<string, double>(),
                TriggerKey = id,
            };
            var json = JsonSerializer.SerializeToUtf8Bytes(alert, ContractsJson.Default.AlertEvent);
            await stored.PublishAsync(Subjects.Alert(Instrument, "r1", id), json, null, CancellationToken.None);
            await Task.WhenAny(somebody, Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, CancellationToken.None));
        }

        return await somebody;
    }

    /// <summary>The alerts a client printed must be the ones in between its first and its last, each once.</summary>
    internal static void AssertWithoutGaps(string[] printed, int wanted)
    {
        var numbers = printed.Single(line => line.StartsWith("alerts ", StringComparison.Ordinal)).Split(' ')[1..]
            .Select(id => int.Parse(id.AsSpan(1), CultureInfo.InvariantCulture)).ToList();
        Assert.Equal(Enumerable.Range(numbers[0], wanted), numbers);
    }
}
