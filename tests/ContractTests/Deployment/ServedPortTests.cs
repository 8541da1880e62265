using System.Net;
using CryptoScreener.AlertEngine;
using CryptoScreener.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CryptoScreener.ContractTests.Deployment;

/// <summary>Ports, paths and roles that deployments name are those that the workers have.</summary>
public sealed class ServedPortTests
{
    private static readonly List<Manifest> Cluster = [.. Kustomization.Resolve("k8s")];

    [Theory]
    [InlineData("data-collector", "data-collector")]
    [InlineData("metrics-calculator", "metrics-calculator")]
    [InlineData("alert-engine", "alert-engine")]
    [InlineData("alert-delivery", "alert-engine")]
    [InlineData("api-gateway", "api-gateway")]
    public async Task Probes_ports_and_scrapes_of_a_worker_meet_what_it_serves(string deployed, string service)
    {
        var manifest = Cluster.Single(m => m.Kind == "Deployment" && m.Name == deployed);
        await using var asShipped = Worker(service);
        var defaults = asShipped.Services.GetRequiredService<IOptions<HostingOptions>>().Value;
        Assert.Equal($"{defaults.MetricsPort}", manifest.Ports["metrics"]);
        if (service == "api-gateway") Assert.Equal($"{defaults.ApiPort}", manifest.Ports["http"]);
        foreach (var port in ComposeFile.Services[deployed].List("ports").Texts()) Assert.Contains(port.Split(':')[^1], manifest.Ports.Values);

        var free = LocalServers.FreePort.Next();
        await using var running = Worker(service, $"--Hosting:MetricsPort={free}");
        await running.StartAsync();
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{free}") };
        var container = manifest.Containers.Single();
        string[] paths = [.. new[] { "startupProbe", "livenessProbe", "readinessProbe" }.Select(p => container.At($"{p}/httpGet").Text("path")), "/metrics"];
        foreach (var path in paths) Assert.NotEqual(HttpStatusCode.NotFound, (await client.GetAsync(path)).StatusCode);
        await running.StopAsync();
    }

    [Fact]
    public void A_role_is_one_that_the_engine_knows()
    {
        var inCluster = Cluster.Where(m => m.IsWorkload).SelectMany(m => m.Containers).SelectMany(c => c.List("args").Texts());
        var inCompose = ComposeFile.Services.Values.SelectMany(s => s["command"] is System.Text.Json.Nodes.JsonArray ? s.List("command").Texts() : []);
        var roles = inCluster.Concat(inCompose).Where(a => a.StartsWith("--role=", StringComparison.Ordinal)).ToList();
        Assert.Equal(4, roles.Count);
        Assert.All(roles, role => Assert.True(EngineRoleNames.TryParse(role["--role=".Length..], out _, out var error), error));
    }

    private static WebApplication Worker(string service, params string[] settings)
    {
        var builder = WebApplication.CreateSlimBuilder(["--Hosting:BindAddress=127.0.0.1", .. settings]);
        builder.AddScreenerDefaults(service);
        builder.Logging.ClearProviders();
        if (service == "api-gateway" && settings.Length > 0) builder.Configuration["Hosting:ApiPort"] = "0";
        return builder.Build();
    }
}
