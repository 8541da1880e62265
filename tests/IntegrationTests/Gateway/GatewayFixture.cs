using CryptoScreener.Testing;

namespace CryptoScreener.IntegrationTests.Gateway;

/// <summary>One gateway for the tests of a class; a test makes accounts of its own.</summary>
public sealed class GatewayFixture : IAsyncLifetime
{
    private readonly ServersFixture _servers = new();

    internal RunningGateway Gateway { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        await _servers.InitializeAsync();
        Gateway = await RunningGateway.StartAsync(_servers, new Dictionary<string, string?> { ["Auth:AnonymousRead"] = "true" });
        await Eventually.TrueAsync(async () => (await Gateway.SendAsync(HttpMethod.Get, "/api/v1/me", RunningGateway.FirstKey)).IsSuccessStatusCode, "the first key works");
    }

    public async Task DisposeAsync() => await Gateway.DisposeAsync();
}
