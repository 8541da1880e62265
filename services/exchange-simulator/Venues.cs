using CryptoScreener.ExchangeSimulator.Binance;
using CryptoScreener.ExchangeSimulator.Bybit;
using CryptoScreener.ExchangeSimulator.Okx;

namespace CryptoScreener.ExchangeSimulator;

/// <summary>The exchanges that can be simulated, by name.</summary>
internal static class Venues
{
    private static readonly Dictionary<string, Func<IServiceProvider, Venue>> Known = new(StringComparer.Ordinal)
    {
        ["binance-futures"] = Create<BinanceUsdM>,
        ["binance-spot"] = Create<BinanceSpot>,
        ["bybit-linear"] = Create<BybitLinear>,
        ["okx-swap"] = Create<OkxSwap>,
    };

    public static IServiceCollection AddVenues(this IServiceCollection services, SimulatorOptions options)
    {
        foreach (var name in options.Exchanges.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (!Known.TryGetValue(name, out var create)) throw new SettingsException($"--exchanges {name}: there are {string.Join(", ", Known.Keys)}");
            services.AddSingleton(create);
        }

        return services;
    }

    private static Venue Create<T>(IServiceProvider services)
        where T : Venue => ActivatorUtilities.CreateInstance<T>(services);
}
