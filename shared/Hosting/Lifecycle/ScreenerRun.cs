using CryptoScreener.Hosting.Lifecycle;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CryptoScreener.Hosting;

public static class ScreenerRun
{
    private const int Failed = 1;

    /// <summary>Runs the worker to its end. The result is the process's exit code: 0 only after an orderly drain.</summary>
    public static Task<int> RunScreenerAsync(this IHost host) => host.RunScreenerAsync(Console.Error);

    internal static async Task<int> RunScreenerAsync(this IHost host, TextWriter complaints)
    {
        var logger = host.Services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(ScreenerRun));
        try
        {
            if (HealthProbe.Wanted(host.Services) is { } probe) return await HealthProbe.AskAsync(host.Services, probe, complaints) ? 0 : Failed;
            if (!await StartAsync(host, logger, complaints)) return Failed;

            await StopSignalAsync(host.Services.GetRequiredService<IHostApplicationLifetime>());
            var drained = await StopAsync(host, logger);
            return drained && !AnyLoopFailed(host) ? 0 : Failed;
        }
        finally
        {
            await ((IAsyncDisposable)host).DisposeAsync();
        }
    }

    private static async Task<bool> StartAsync(IHost host, ILogger logger, TextWriter complaints)
    {
        try
        {
            // The host does this too, but only after it has constructed services that read their options.
            host.Services.GetService<IStartupValidator>()?.Validate();
            await host.StartAsync();
            return true;
        }
        catch (OperationCanceledException) when (host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested)
        {
            Log.StoppedBeforeStarted(logger);
            return false;
        }
        catch (Exception error)
        {
            if (StartFailure.Explain(error, host.Services.GetRequiredService<WorkerIdentity>()) is { } explanation)
                await complaints.WriteLineAsync(explanation);
            else
                Log.StartFailed(logger, error);
            return false;
        }
    }

    private static async Task StopSignalAsync(IHostApplicationLifetime lifetime)
    {
        var stopping = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lifetime.ApplicationStopping.Register(stopping.SetResult);
        await stopping.Task;
    }

    private static async Task<bool> StopAsync(IHost host, ILogger logger)
    {
        // The host cancels its services' stopping at the limit, but would wait for ever for one that ignores that.
        var limit = LifecycleSetup.DrainLimit + TimeSpan.FromSeconds(2);
        try
        {
            await host.StopAsync().WaitAsync(limit, host.Services.GetRequiredService<TimeProvider>());
            return true;
        }
        catch (Exception late) when (late is TimeoutException or OperationCanceledException)
        {
            Log.DrainTimedOut(logger, limit);
            return false;
        }
    }

    // The host has logged the exception and stopped for it, and would then exit as if all were well.
    private static bool AnyLoopFailed(IHost host) =>
        host.Services.GetServices<IHostedService>().OfType<BackgroundService>().Any(service => service.ExecuteTask is { IsFaulted: true });
}
