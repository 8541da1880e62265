using System.Net;
using CryptoScreener.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CryptoScreener.UnitTests.Hosting.Operations;

public sealed class PortsTests
{
    [Theory]
    [InlineData("data-collector", 9090)]
    [InlineData("metrics-calculator", 9091)]
    [InlineData("alert-engine", 9092)]
    [InlineData("api-gateway", 9093)]
    public void Every_service_has_its_own_metrics_port_by_default(string service, int port)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.AddScreenerDefaults(service);
        using var host = builder.Build();

        Assert.Equal(port, host.Services.GetRequiredService<IOptions<HostingOptions>>().Value.MetricsPort);
        Assert.Equal(8080, host.Services.GetRequiredService<IOptions<HostingOptions>>().Value.ApiPort);
    }

    [Fact]
    public async Task The_gateway_serves_its_api_and_its_operations_on_two_ports()
    {
        var builder = WebApplication.CreateSlimBuilder(["--Hosting:MetricsPort=0", "--Hosting:ApiPort=0", "--Hosting:BindAddress=127.0.0.1"]);
        builder.AddScreenerDefaults("api-gateway");
        builder.Logging.ClearProviders();
        await using var app = builder.Build();
        app.MapGet("/api", () => "hello");
        await app.StartAsync();
        using var api = new HttpClient { BaseAddress = new(app.Urls.Single()) };
        using var operations = app.Operations();

        Assert.Equal("hello", await api.GetStringAsync("/api"));
        Assert.Equal(HttpStatusCode.NotFound, (await api.GetAsync("/metrics")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await operations.GetAsync("/api")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await operations.GetAsync("/metrics")).StatusCode);
    }

    [Fact]
    public async Task A_worker_without_an_api_opens_the_port_of_its_operations_only()
    {
        await using var app = TestWorker.Builder().Build();
        await app.StartAsync();

        Assert.Null(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>());
        using var operations = app.Operations();
        Assert.Equal(HttpStatusCode.OK, (await operations.GetAsync("/health/live")).StatusCode);
    }

    [Fact]
    public async Task A_plain_host_without_web_works_as_well()
    {
        var builder = Host.CreateApplicationBuilder(["--Hosting:MetricsPort=0", "--Hosting:BindAddress=127.0.0.1"]);
        builder.AddScreenerDefaults("data-collector");
        builder.Logging.ClearProviders();
        using var host = builder.Build();
        await host.StartAsync();

        using var operations = host.Operations();
        Assert.Equal(HttpStatusCode.OK, (await operations.GetAsync("/health/ready")).StatusCode);
        Assert.Contains("worker_active", await operations.GetStringAsync("/metrics"), StringComparison.Ordinal);
        await host.StopAsync();
    }

    [Fact]
    public void A_service_without_a_port_is_refused()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());

        Assert.Contains("no metrics port", Assert.Throws<ArgumentException>(() => builder.AddScreenerDefaults("unheard-of")).Message, StringComparison.Ordinal);
    }
}
