using System.Net;
using CryptoScreener.ExchangeSimulator.Binance;
using CryptoScreener.ExchangeSimulator.Clock;
using CryptoScreener.ExchangeSimulator.Control;
using CryptoScreener.ExchangeSimulator.Feeds;

namespace CryptoScreener.ExchangeSimulator;

/// <summary>The whole simulator as one web application; tests build it in their own process.</summary>
internal static class Simulator
{
    private const int LongestAddress = 4_096; // Very long stream lists in the address fail on the exchanges too.

    public static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateSlimBuilder();
        // Not the builder's own settings: a stray PORT or HOST in the environment is not meant for us.
        var settings = new ConfigurationBuilder().AddEnvironmentVariables("SIMULATOR_").AddCommandLine(args).Build();
        var options = settings.Get<SimulatorOptions>() ?? new SimulatorOptions();
        if (options.Complaints().ToArray() is { Length: > 0 } complaints) throw new ArgumentException(string.Join(Environment.NewLine, complaints));

        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.UseSetting(WebHostDefaults.PreventHostingStartupKey, "true");
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Parse(options.Host), options.Port);
            kestrel.Limits.MaxRequestLineSize = LongestAddress;
            kestrel.AddServerHeader = false;
        });
        builder.Services.AddSingleton(TimeProvider.System).AddSingleton(options);
        builder.Services.AddSingleton(services => new SimulationClock(services.GetRequiredService<TimeProvider>(), options.Start, options.Speed));
        builder.Services.AddSingleton<BinanceUsdM>().AddSingleton(services => services.GetRequiredService<BinanceUsdM>().Feed);
        builder.Services.AddSingleton<ConnectionCare>().AddHostedService<FeedPump>();

        var app = builder.Build();
        var binance = app.Services.GetRequiredService<BinanceUsdM>();
        binance.Map(app);
        app.MapControl(binance, app.Services.GetRequiredService<SimulationClock>());
        return app;
    }
}
