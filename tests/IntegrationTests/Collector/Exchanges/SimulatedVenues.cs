using CryptoScreener.DataCollector.Exchanges;
using CryptoScreener.DataCollector.Exchanges.Binance;
using CryptoScreener.DataCollector.Exchanges.Bybit;
using CryptoScreener.DataCollector.Exchanges.Okx;
using Microsoft.AspNetCore.Builder;

namespace CryptoScreener.IntegrationTests.Collector.Exchanges;

/// <summary>All four exchanges in one simulator, a minute of theirs in a second of ours.</summary>
public sealed class SimulatedVenues : IAsyncLifetime
{
    private readonly WebApplication _simulator = ExchangeSimulator.Simulator.Build(["--port", "0", "--instruments", "5", "--speed", "60", "--leasttrades", "50"]);

    internal IExchange Adapter(string name)
    {
        var address = new Uri(_simulator.Urls.First());
        var options = new ExchangeOptions { RestUrl = $"{address}{name}", StreamUrl = $"ws://{address.Authority}/{name}", Simulated = true };
        var (http, time) = (new HttpClient(), TimeProvider.System);
        return name switch
        {
            "binance-futures" => new BinanceExchange(BinanceMarket.Futures, options, http, time),
            "binance-spot" => new BinanceExchange(BinanceMarket.Spot, options, http, time),
            "bybit-linear" => new BybitLinear(options, http, time),
            "okx-swap" => new OkxSwap(options, http, time),
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, "no such exchange"),
        };
    }

    public Task InitializeAsync() => _simulator.StartAsync();

    public async Task DisposeAsync() => await _simulator.DisposeAsync();
}
