using System.Security.Cryptography;
using CryptoScreener.LocalServers;
using CryptoScreener.LocalServers.Stack;

namespace CryptoScreener.Launcher;

/// <summary>Start, watch, stop. The exit code is 0 only if everything became ready and stayed healthy.</summary>
internal static class Launch
{
    private const int Failed = 1;

    public static async Task<int> RunAsync(LauncherOptions options, CancellationToken cancelled)
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancelled);
        var view = LaunchView.Create();
        var data = Path.GetFullPath(options.Data);
        try
        {
            using var onlyOne = DataFolder.TryTake(data, options.Fresh);
            if (onlyOne is not null) return await RunAsync(options, data, view, stopping);
            view.Error($"Another run uses {data}: stop it first, or give this one a folder of its own with --data.");
        }
        catch (LocalServerException e)
        {
            view.Error(e.Message);
        }

        return Failed;
    }

    private static async Task<int> RunAsync(LauncherOptions options, string data, LaunchView view, CancellationTokenSource stopping)
    {
        bool real;
        try
        {
            real = await ExchangeChoice.IsRealAsync(options.Exchange, stopping.Token);
        }
        catch (OperationCanceledException)
        {
            return Failed;
        }

        var started = TimeProvider.System.GetUtcNow();
        var secret = $"whsec_{Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))}";
        await using var screener = new LocalScreener(Stack(options, data, real, secret));
        try
        {
            await Startup.RunAsync(screener, real, view, stopping.Token);
            if (options.Duration is { } duration) stopping.CancelAfter(duration);
            view.Running(screener);
            await AdminKey.ShowAsync(screener.AdminKeyFile, started, view, stopping.Token);
            if (options.Webhook is not null) view.Say($"Alerts go to {options.Webhook}, signed with {secret} (Standard Webhooks)");
            return await Watch.UntilStoppedAsync(screener, view, stopping.Token) ? 0 : Failed;
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            view.Say("Stopped before everything was ready.");
            return Failed;
        }
        finally
        {
            view.Say("Stopping: draining the workers, then the servers ...");
        }
    }

    private static LocalScreenerOptions Stack(LauncherOptions options, string data, bool real, string secret) => new()
    {
        DataDirectory = data,
        RealExchange = real,
        Exchanges = options.Exchanges,
        WellKnownPorts = true,
        Replicas = options.Workers,
        SimulatorArguments = ["--instruments", $"{options.Instruments}", "--rate", $"{options.Rate}", "--seed", $"{options.Seed}"],
        Settings = options.Webhook is null
            ? new Dictionary<string, string>()
            : new Dictionary<string, string> { ["Delivery__Webhook__Url"] = options.Webhook, ["Delivery__Webhook__Secret"] = secret },
    };
}
