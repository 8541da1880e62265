using CryptoScreener.Hosting;
using CryptoScreener.Hosting.Operations;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CryptoScreener.UnitTests.Hosting;

/// <summary>A worker as in its Program.cs, on free loopback ports and silent.</summary>
internal static class TestWorker
{
    public static WebApplicationBuilder Builder(params string[] settings)
    {
        var builder = WebApplication.CreateSlimBuilder(
            ["--Hosting:MetricsPort=0", "--Hosting:ApiPort=0", "--Hosting:BindAddress=127.0.0.1", .. settings]);
        builder.AddScreenerDefaults("metrics-calculator");
        builder.Logging.ClearProviders();
        return builder;
    }

    public static HttpClient Operations(this IHost host) => new() { BaseAddress = host.Services.GetRequiredService<OperationsServer>().Address };

    public static Task StartedAsync(this IHost host)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStarted.Register(started.SetResult);
        return started.Task;
    }

    public static void StopApplication(this IHost host) => host.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
}
