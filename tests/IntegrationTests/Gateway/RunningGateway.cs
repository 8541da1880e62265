using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using CryptoScreener.ApiGateway;
using CryptoScreener.ApiGateway.Auth;
using CryptoScreener.Hosting;
using CryptoScreener.Messaging;
using CryptoScreener.Storage;
using CryptoScreener.Storage.Access;
using CryptoScreener.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CryptoScreener.IntegrationTests.Gateway;

/// <summary>The gateway as its process runs it, in this one: real server, real bus, real database.</summary>
internal sealed class RunningGateway : IAsyncDisposable
{
    private readonly WebApplication _app;

    private RunningGateway(WebApplication app, string database)
    {
        _app = app;
        Database = database;
        Http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(app.Urls.First().Replace("[::]", "127.0.0.1", StringComparison.Ordinal)) };
    }

    public HttpClient Http { get; }

    public string Database { get; }

    public IServiceProvider Services => _app.Services;

    public static async Task<RunningGateway> StartAsync(
        ServersFixture servers, IReadOnlyDictionary<string, string?>? settings = null, string? database = null, Action<IServiceCollection>? change = null)
    {
        database ??= await servers.CreateDatabaseAsync();
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ApplicationName = typeof(ApiGatewayServices).Assembly.GetName().Name });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            [$"{MessagingOptions.Section}:{nameof(MessagingOptions.Url)}"] = servers.Nats.Url,
            [$"{MessagingOptions.Section}:{nameof(MessagingOptions.StreamMegabytes)}"] = "64",
            [$"{MessagingOptions.Section}:{nameof(MessagingOptions.Partitions)}"] = "2",
            ["Storage:ConnectionString"] = database,
            ["Hosting:BindAddress"] = "127.0.0.1",
            ["Hosting:ApiPort"] = "0",
            ["Hosting:MetricsPort"] = "0",
            ["Auth:FirstAdminKey"] = FirstKey,
            ["Edge:AddressRequestsPerMinute"] = "0",
            ["Edge:AccountRequestsPerMinute"] = "0",
        });
        if (settings is not null) builder.Configuration.AddInMemoryCollection(settings);
        builder.AddScreenerDefaults("api-gateway");
        builder.Services.AddScreenerMessaging();
        builder.Services.AddScreenerStorage(builder.Configuration);
        builder.Services.AddApiGateway();
        change?.Invoke(builder.Services);
        var app = builder.Build().MapApiGateway();
        await app.StartAsync();
        return new RunningGateway(app, database);
    }

    public const string FirstKey = "csk_0123456789012345678901234567890123456789";

    public T Get<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    /// <summary>An API key straight into the store.</summary>
    public async Task<string> KeyAsync(string owner, string role, DateTimeOffset? expires = null, bool revoked = false, params string[] scopes)
    {
        var text = ApiKeyText.New();
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        var key = new ApiKey($"key_{Guid.NewGuid():N}", owner, role, owner, ApiKeyText.ShownOf(text), scopes, now, expires?.ToUnixTimeMilliseconds());
        await Get<ApiKeyStore>().AddAsync(key, ApiKeyText.HashOf(text));
        if (revoked) await Get<ApiKeyStore>().RevokeAsync(key.Id, null);
        return text;
    }

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? credential = null, object? body = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        if (credential is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", credential);
        if (body is not null) request.Content = body as HttpContent ?? JsonContent.Create(body);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return await Http.SendAsync(request);
    }

    public async Task<JsonElement> GetAsync(string path, string? credential = null)
    {
        using var response = await SendAsync(HttpMethod.Get, path, credential);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{path}: {(int)response.StatusCode} {text}");
        return JsonSerializer.Deserialize<JsonElement>(text);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.StopAsync(new CancellationTokenSource(TimeSpan.FromSeconds(20)).Token);
        await _app.DisposeAsync();
    }
}
