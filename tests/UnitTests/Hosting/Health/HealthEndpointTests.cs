using System.Net;
using System.Text.Json.Nodes;
using CryptoScreener.Hosting.Health;
using CryptoScreener.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CryptoScreener.UnitTests.Hosting.Health;

public sealed class HealthEndpointTests
{
    [Fact]
    public async Task Ready_says_which_check_fails_and_since_when_while_live_and_startup_stay_good()
    {
        var time = new ManualTime();
        await using var app = Worker(time);
        var gate = app.Services.GetRequiredService<ReadinessGate>();
        app.Services.GetRequiredService<HeartbeatRegistry>().Watch("lane-0", TimeSpan.FromSeconds(30));
        await app.StartAsync();
        using var client = app.Operations();
        gate.Set("postgres", ok: true, "connected");
        time.Advance(TimeSpan.FromSeconds(5));
        gate.Set("nats", ok: false, "refused; is the server at nats:4222 up?");

        await ExpectAsync(client, "/health/ready", HttpStatusCode.ServiceUnavailable, """
            {"status":"not_ready","service":"metrics-calculator","instance":"test-1","version":"0.1.0","upstream_packages":false,
             "started_at":"2026-03-01T12:00:00+00:00","checks":[
             {"name":"nats","state":"failing","since":"2026-03-01T12:00:05+00:00","detail":"refused; is the server at nats:4222 up?"},
             {"name":"postgres","state":"ok","since":"2026-03-01T12:00:00+00:00","detail":"connected"}]}
            """);
        await ExpectAsync(client, "/health/live", HttpStatusCode.OK, """
            {"status":"live","service":"metrics-calculator","instance":"test-1","version":"0.1.0","upstream_packages":false,
             "started_at":"2026-03-01T12:00:00+00:00","checks":[
             {"name":"lane-0","state":"ok","since":"2026-03-01T12:00:00+00:00","detail":"silent for 5.0 s of 30.0 s allowed"}]}
            """);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/health/startup")).StatusCode);

        gate.Set("nats", ok: true);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/health/ready")).StatusCode);
    }

    [Fact]
    public async Task A_degraded_worker_stays_ready_and_says_what_it_does_without()
    {
        var time = new ManualTime();
        await using var app = Worker(time);
        await app.StartAsync();
        using var client = app.Operations();
        app.Services.GetRequiredService<ReadinessGate>().Degrade("postgresql", "not available");

        await ExpectAsync(client, "/health/ready", HttpStatusCode.OK, """
            {"status":"degraded","service":"metrics-calculator","instance":"test-1","version":"0.1.0","upstream_packages":false,
             "started_at":"2026-03-01T12:00:00+00:00","checks":[
             {"name":"postgresql","state":"degraded","since":"2026-03-01T12:00:00+00:00","detail":"not available"}]}
            """);
    }

    [Theory]
    [InlineData(true, HealthStatus.Healthy, "ready")]
    [InlineData(true, HealthStatus.Degraded, "degraded")]
    [InlineData(true, HealthStatus.Unhealthy, "not_ready")]
    [InlineData(false, HealthStatus.Degraded, "not_ready")] // it never worked: it must not take the place of one that does
    public async Task What_a_server_s_check_says_decides_whether_the_worker_is_ready(bool wasThere, HealthStatus status, string expected)
    {
        var said = wasThere ? new HealthCheckResult(HealthStatus.Healthy, "as it was") : new HealthCheckResult(status, "as it is");
        var builder = TestWorker.Builder("--Hosting:Instance=test-1");
        builder.Services.AddHealthChecks().AddCheck("server", () => said, ["ready"]);
        await using var app = builder.Build();
        await app.StartAsync();
        using var client = app.Operations();
        if (wasThere) await AnswerAsync("as it was");
        said = new HealthCheckResult(status, "as it is");
        Assert.Equal(expected, JsonNode.Parse(await AnswerAsync("as it is"))!["status"]!.GetValue<string>());

        async Task<string> AnswerAsync(string with)
        {
            var answer = "";
            await Eventually.TrueAsync(
                async () => (answer = await (await client.GetAsync("/health/ready")).Content.ReadAsStringAsync()).Contains(with, StringComparison.Ordinal),
                "the server was asked");
            return answer;
        }
    }

    [Fact]
    public async Task Live_fails_when_a_loop_is_stuck_and_names_it()
    {
        var time = new ManualTime();
        await using var app = Worker(time);
        var heart = app.Services.GetRequiredService<HeartbeatRegistry>().Watch("lane-0", TimeSpan.FromSeconds(30));
        await app.StartAsync();
        using var client = app.Operations();
        time.Advance(TimeSpan.FromSeconds(31));

        await ExpectAsync(client, "/health/live", HttpStatusCode.ServiceUnavailable, """
            {"status":"stuck","service":"metrics-calculator","instance":"test-1","version":"0.1.0","upstream_packages":false,
             "started_at":"2026-03-01T12:00:00+00:00","checks":[
             {"name":"lane-0","state":"stuck","since":"2026-03-01T12:00:00+00:00","detail":"silent for 31.0 s of 30.0 s allowed"}]}
            """);

        heart.Beat();
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/health/live")).StatusCode);
    }

    private static Microsoft.AspNetCore.Builder.WebApplication Worker(TimeProvider time)
    {
        var builder = TestWorker.Builder("--Hosting:Instance=test-1");
        builder.Services.AddSingleton(time);
        return builder.Build();
    }

    private static async Task ExpectAsync(HttpClient client, string path, HttpStatusCode status, string json)
    {
        var answer = await client.GetAsync(path);

        var expected = JsonNode.Parse(json)!;
        expected["upstream_packages"] = IsUpstreamBuild;
        Assert.Equal(status, answer.StatusCode);
        Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal(expected.ToJsonString(), JsonNode.Parse(await answer.Content.ReadAsStringAsync())!.ToJsonString());
    }

    private static bool IsUpstreamBuild =>
        typeof(OpenTelemetry.OpenTelemetryBuilder).Assembly.GetCustomAttributes(typeof(System.Reflection.AssemblyMetadataAttribute), false)
            .Cast<System.Reflection.AssemblyMetadataAttribute>().All(metadata => metadata.Key != "UpstreamPackages");
}
