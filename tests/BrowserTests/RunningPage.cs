using System.Globalization;
using CryptoScreener.LocalServers.Stack;
using CryptoScreener.Testing;

namespace CryptoScreener.BrowserTests;

/// <summary>The whole screener over a simulated market, and the page of its gateway in a headless Chromium.</summary>
public sealed class RunningPage : IAsyncLifetime
{
    private readonly NodeClient _browser = new("tests/BrowserTests/browser", "page.mjs");
    private readonly LocalScreener _stack = new(new LocalScreenerOptions
    {
        LogDirectory = Repository.PathOf("artifacts", "browser-tests"), // kept, to see afterwards why a test failed
        SimulatorArguments = ["--instruments", "60", "--rate", "4", "--seed", "7"],
        Settings = new Dictionary<string, string> { ["Collector__HistoryBars"] = "0" }, // years of bars would cost the simulator the page's time
    });

    public async Task InitializeAsync()
    {
        await _stack.StartServersAsync(_ => { }, CancellationToken.None);
        await _stack.StartExchangeAsync(CancellationToken.None);
        await _stack.StartWorkersAsync(CancellationToken.None);
        foreach (var worker in _stack.Workers)
            await Eventually.TrueAsync(async () => (await worker.ReadyAsync(CancellationToken.None)).Ready, $"{worker.Name} is ready");
        await Eventually.TrueAsync(() => File.Exists(_stack.AdminKeyFile), "the gateway has made the first key");
    }

    /// <summary>Plays one scenario of <c>browser/</c>; its complaint is the failure.</summary>
    public async Task<string> PlayAsync(string scenario) => await _browser.RunAsync(
        scenario,
        _stack.Api.ToString(),
        (await File.ReadAllTextAsync(_stack.AdminKeyFile)).Trim(),
        Repository.PathOf("artifacts", "screenshots"),
        string.Create(CultureInfo.InvariantCulture, $"{_stack.SimulatorApi}"));

    public async Task DisposeAsync() => await _stack.DisposeAsync();
}
