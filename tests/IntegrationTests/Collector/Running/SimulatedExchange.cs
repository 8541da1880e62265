using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using CryptoScreener.Contracts.Candles;
using Microsoft.AspNetCore.Builder;

namespace CryptoScreener.IntegrationTests.Collector.Running;

/// <summary>One exchange in a simulator of its own, whose time and faults a test orders, and what really traded there.</summary>
internal sealed class SimulatedExchange : IAsyncDisposable
{
    private readonly WebApplication _simulator;
    private readonly HttpClient _http = new();

    private SimulatedExchange(string name, WebApplication simulator) => (Name, _simulator) = (name, simulator);

    internal string Name { get; }

    internal Uri Address => new(_simulator.Urls.First());

    internal string Rest => $"{Address}{Name}";

    internal string Stream => $"ws://{Address.Authority}/{Name}";

    internal static async Task<SimulatedExchange> StartAsync(string name, params string[] arguments)
    {
        var simulator = ExchangeSimulator.Simulator.Build(["--port", "0", "--exchanges", name, .. arguments]);
        await simulator.StartAsync();
        return new SimulatedExchange(name, simulator);
    }

    internal async Task OrderAsync(params object[] faults) =>
        (await _http.PostAsJsonAsync(new Uri(Address, "/sim/faults"), faults)).EnsureSuccessStatusCode();

    internal async Task EndFaultsAsync() => (await _http.DeleteAsync(new Uri(Address, "/sim/faults"))).EnsureSuccessStatusCode();

    internal async Task<long> TimeAsync() =>
        (await _http.GetFromJsonAsync<JsonElement>(new Uri(Address, "/sim/time"))).GetProperty("now_ms").GetInt64();

    internal async Task StopTimeAsync() => (await _http.PostAsync(new Uri(Address, "/sim/time?speed=0"), null)).EnsureSuccessStatusCode();

    /// <summary>What its own limits have refused so far, and how much of that came from an address it has banned.</summary>
    internal async Task<(int Refused, int Banned)> LimitsAsync()
    {
        var tally = (await _http.GetFromJsonAsync<JsonElement>(new Uri(Address, "/sim/limits"))).GetProperty(Name);
        return (tally.GetProperty("refused").GetInt32(), tally.GetProperty("banned").GetInt32());
    }

    internal async Task<IReadOnlyList<Candle>> TruthAsync(string symbol, Timeframe timeframe, long from, long through)
    {
        var path = string.Create(
            CultureInfo.InvariantCulture, $"/sim/truth/klines?exchange={Name}&symbol={symbol}&interval={timeframe}&from={from}&to={through}");
        var rows = await _http.GetFromJsonAsync<JsonElement>(new Uri(Address, path));
        return [.. rows.EnumerateArray().Select(Row)];
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _simulator.DisposeAsync();
    }

    private static Candle Row(JsonElement r) => new(
        r[0].GetInt64(), Number(r[1]), Number(r[2]), Number(r[3]), Number(r[4]), Number(r[5]), Number(r[7]), r[8].GetInt64(), Number(r[9]), Number(r[10]));

    private static double Number(JsonElement text) => double.Parse(text.GetString()!, NumberStyles.Float, CultureInfo.InvariantCulture);
}
