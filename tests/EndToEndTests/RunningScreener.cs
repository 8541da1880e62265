using System.Net;
using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using CryptoScreener.LocalServers.Stack;
using CryptoScreener.Testing;

namespace CryptoScreener.EndToEndTests;

/// <summary>The whole screener with a simulated exchange whose time the test moves.</summary>
internal sealed class RunningScreener : IAsyncDisposable
{
    private readonly HttpClient _http = new();

    private RunningScreener(LocalScreener stack) => Stack = stack;

    public LocalScreener Stack { get; }

    /// <summary>Starts everything, or only some workers, with the exchange's clock standing still, and returns when all workers are ready.</summary>
    public static async Task<RunningScreener> StartAsync(
        IReadOnlyList<string> simulator,
        IReadOnlyDictionary<string, string> settings,
        int replicas = 1,
        Func<LocalScreenerOptions, LocalScreenerOptions>? adapt = null,
        [CallerMemberName] string test = "",
        IReadOnlyList<string>? exchanges = null,
        IReadOnlyList<string>? only = null)
    {
        var options = new LocalScreenerOptions
        {
            LogDirectory = Repository.PathOf("artifacts", "end-to-end", test), // kept, to see afterwards why a test failed
            SimulatorArguments = ["--speed", "0", .. simulator],
            Settings = WithoutLongHistory(settings),
            Replicas = replicas,
            Exchanges = exchanges ?? ["binance-futures"],
        };
        var screener = new RunningScreener(new LocalScreener(adapt?.Invoke(options) ?? options));
        try
        {
            await screener.Stack.StartServersAsync(_ => { }, CancellationToken.None);
            await screener.Stack.StartExchangeAsync(CancellationToken.None);
            if (only is null) await screener.Stack.StartWorkersAsync(CancellationToken.None);
            else foreach (var service in only) await screener.Stack.AddWorkerAsync(service, CancellationToken.None);
            await screener.AllReadyAsync();
            return screener;
        }
        catch
        {
            await screener.DisposeAsync();
            throw;
        }
    }

    public async Task AllReadyAsync()
    {
        foreach (var worker in Stack.Workers.Where(w => w.IsRunning))
            await Eventually.TrueAsync(async () => (await worker.ReadyAsync(CancellationToken.None)).Ready, $"{worker.Name} is ready");
    }

    public Task SetSpeedAsync(int speed) => Stack.SetSpeedAsync(speed);

    /// <summary>Something goes wrong at the exchange.</summary>
    public async Task OrderFaultAsync(string fault) => (await _http.PostAsync(Simulator("/sim/faults"), new StringContent(fault))).EnsureSuccessStatusCode();

    /// <summary>Asks, as the administrator, what a rule would have done in the last hour.</summary>
    public async Task AskForReplayAsync(string expression)
    {
        var now = DateTimeOffset.FromUnixTimeMilliseconds(await TimeAsync());
        using var answer = await SendAsync("/api/v1/rules/replay", new { definitions = new[] { new { name = "asked", expression } }, from = now.AddHours(-1).UtcDateTime, to = now.UtcDateTime });
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Adds, as the administrator, a rule that fires at every close of every instrument. Until the calculators have told their metrics no rule can be checked.</summary>
    public Task AddRuleOfEveryCloseAsync(string name) => Eventually.TrueAsync(
        async () =>
        {
            using var answer = await SendAsync("/api/v1/rules", new { name, expression = "price > 0", trigger = new { mode = "once_per_bar_close", bar = "1m" } });
            if (answer.StatusCode == HttpStatusCode.ServiceUnavailable) return false;
            answer.EnsureSuccessStatusCode();
            return true;
        },
        $"the rule '{name}' is added");

    private async Task<HttpResponseMessage> SendAsync(string path, object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Stack.Api, path)) { Content = JsonContent.Create(body) };
        request.Headers.Add("X-API-Key", (await File.ReadAllTextAsync(Stack.AdminKeyFile)).Trim());
        return await _http.SendAsync(request);
    }

    /// <summary>The exchange's clock (unix ms).</summary>
    public async Task<long> TimeAsync()
    {
        var time = await _http.GetFromJsonAsync<Dictionary<string, System.Text.Json.JsonElement>>(Simulator("/sim/time"));
        return time!["now_ms"].GetInt64();
    }

    public Uri Simulator(string path) => new(Stack.SimulatorApi!, path);

    public Task<string> GetAsync(string path) => _http.GetStringAsync(new Uri(Stack.Api, path));

    /// <summary>Years of bars cost the simulator more time than the tests have; tests of the collector load them.</summary>
    private static Dictionary<string, string> WithoutLongHistory(IReadOnlyDictionary<string, string> settings)
    {
        var all = new Dictionary<string, string>(settings);
        all.TryAdd("Collector__HistoryBars", "0");
        return all;
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Stack.DisposeAsync();
    }
}
