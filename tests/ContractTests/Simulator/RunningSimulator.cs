using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;

namespace CryptoScreener.ContractTests.Simulator;

/// <summary>A simulator in this process, on a free loopback port. Each test has its own, so none sees another's faults or limits.</summary>
internal sealed class RunningSimulator : IAsyncDisposable
{
    private readonly WebApplication _app;

    private RunningSimulator(WebApplication app)
    {
        _app = app;
        Http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
    }

    public HttpClient Http { get; }

    public string Sockets => "ws://" + Http.BaseAddress!.Authority;

    public static async Task<RunningSimulator> StartAsync(params string[] args)
    {
        var app = ExchangeSimulator.Simulator.Build(["--port", "0", "--instruments", "5", .. args]);
        await app.StartAsync();
        return new RunningSimulator(app);
    }

    public Task<SocketClient> ConnectAsync(string path) => SocketClient.ConnectAsync(Sockets + path);

    public async Task<JsonElement> GetAsync(string path) => await Http.GetFromJsonAsync<JsonElement>(path);

    public async Task<long> NowAsync() => (await GetAsync("/sim/time")).GetProperty("now_ms").GetInt64();

    public async Task AdvanceAsync(TimeSpan by) =>
        (await Http.PostAsync($"/sim/time?advance_ms={(long)by.TotalMilliseconds}", null)).EnsureSuccessStatusCode();

    /// <summary>Asks until so many subscriptions of an exchange are in place.</summary>
    public async Task UntilSubscribedAsync(int subscriptions, string exchange = "binance-futures")
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while ((await GetAsync("/sim/faults")).GetProperty(exchange).GetProperty("subscriptions").GetInt32() != subscriptions)
            patience.Token.ThrowIfCancellationRequested();
    }

    public async Task OrderAsync(string fault) =>
        (await Http.PostAsync("/sim/faults", new StringContent(fault, Encoding.UTF8))).EnsureSuccessStatusCode();

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
