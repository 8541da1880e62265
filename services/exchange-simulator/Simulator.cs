using System.Net;
using CryptoScreener.ExchangeSimulator.Clock;
using CryptoScreener.ExchangeSimulator.Control;
using CryptoScreener.ExchangeSimulator.Faults;
using CryptoScreener.ExchangeSimulator.Feeds;
using CryptoScreener.ExchangeSimulator.Recording;
using CryptoScreener.ExchangeSimulator.Tapes;

namespace CryptoScreener.ExchangeSimulator;

/// <summary>The whole simulator as one web application; tests build it in their own process.</summary>
internal static class Simulator
{
    private const int LongestAddress = 4_096; // Very long stream lists in the address fail on the exchanges too.

    public static WebApplication Build(params string[] args) => Build(SimulatorOptions.Read(args));

    public static WebApplication Build(SimulatorOptions options)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Parse(options.Host), options.Port);
            kestrel.Limits.MaxRequestLineSize = LongestAddress;
            kestrel.AddServerHeader = false;
        });
        builder.Services.AddSingleton(TimeProvider.System).AddSingleton(options);
        var replay = new Replay(options.Replay);
        builder.Services.AddSingleton(replay);
        builder.Services.AddSingleton(services => new SimulationClock(services.GetRequiredService<TimeProvider>(), options.Start ?? replay.Start, options.Speed));
        builder.Services.AddVenues(options).AddSingleton<FaultDispatcher>().AddHostedService<FeedPump>();
        return Open(builder.Build(), options);
    }

    public static async Task RunAsync(SimulatorOptions options)
    {
        await using var simulator = Build(options);
        await simulator.StartAsync();
        Console.WriteLine($"Exchange simulator on {string.Join(' ', simulator.Urls)} (SIMULATED data)");
        await simulator.WaitForShutdownAsync();
    }

    private static WebApplication Open(WebApplication app, SimulatorOptions options)
    {
        var venues = app.Services.GetServices<Venue>().ToArray();
        var faults = app.Services.GetRequiredService<FaultDispatcher>();
        foreach (var venue in venues)
        {
            venue.Map(app.MapGroup("/" + venue.Name));
            if (venue.OwnsRoot) venue.Map(app.MapGroup(""));
        }

        app.MapControl(venues, app.Services.GetRequiredService<SimulationClock>(), faults);
        if (options.Tape is { } tape) Tape.Parse(File.ReadAllBytes(tape)).Play(venues);
        if (options.Faults is { } schedule) faults.Accept(FaultOrder.Parse(File.ReadAllBytes(schedule)));
        return app;
    }
}
