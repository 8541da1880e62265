using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using CryptoScreener.Contracts.Bus;
using CryptoScreener.Contracts.Json;
using CryptoScreener.LocalServers.Stack;
using CryptoScreener.Storage.Connections;
using CryptoScreener.Storage.Rules;
using CryptoScreener.Testing;
using Xunit.Abstractions;

namespace CryptoScreener.EndToEndTests.Chaos;

/// <summary>The whole screener, two processes of each worker and every process behind links of its own, with a receiver and a client at its end.</summary>
internal sealed class ChaosRun : IAsyncDisposable
{
    private const long Minute = 60_000;
    private const int Speed = 20;
    private const long MostBytes = 700L << 20;
    private static readonly TimeSpan ReadyAgain = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90); // for the last repairs and the last deliveries
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly ChaosLinks _links = new();
    private readonly List<Func<ValueTask>> _ends = [];
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _targets = new(StringComparer.Ordinal);
    private readonly ChaosTally _tally;
    private readonly ITestOutputHelper _output;
    private RunningScreener _screener = null!;
    private StoredCandles _candles = null!;
    private WebhookReceiver _receiver = null!;
    private ResumingClient _client = null!;
    private (int Closes, int Alerts, int Requests, int Connects) _counted;
    private long _from;
    private int _passedOver;

    private ChaosRun(ChaosTally tally, ITestOutputHelper output) => (_tally, _output) = (tally, output);

    public static async Task<ChaosRun> StartAsync(int instruments, ChaosTally tally, ITestOutputHelper output)
    {
        var run = new ChaosRun(tally, output);
        try
        {
            await run.StartAsync(instruments);
            return run;
        }
        catch
        {
            await run.DisposeAsync();
            throw;
        }
    }

    /// <summary>Lets the schedule of a seed pass, waits until all is well again, and checks everything since the start.</summary>
    public async Task PassAsync(int seed, int faults)
    {
        var kinds = new ChaosKinds(_screener, _links, _receiver, _client).All();
        var plan = ChaosPlan.Of(seed, faults, kinds);
        foreach (var planned in plan.OrderBy(planned => planned.After))
            _output.WriteLine(FormattableString.Invariant($"  {planned.After.TotalSeconds,6:0.0} s  {planned.Fault.Target}: {planned.Fault.Name} for {planned.Lasts.TotalSeconds:0.0} s"));
        await _screener.SetSpeedAsync(Speed);
        _tally.Seeds++;
        await Task.WhenAll(plan.Select(HappenAsync));
        _tally.Faults += plan.Count;

        var back = Stopwatch.StartNew();
        await _screener.AllReadyAsync();
        _output.WriteLine(FormattableString.Invariant($"  everything is ready {back.Elapsed.TotalSeconds:0.0} s after the last fault"));
        Assert.True(back.Elapsed < ReadyAgain, $"it took {back.Elapsed} until everything was ready again");
        Assert.All(_screener.Stack.Workers, worker => Assert.True(worker.IsRunning, $"{worker.Name} ended by itself; {worker.LogFile} says why"));
        _tally.SlowestRecoverySeconds = Math.Max(_tally.SlowestRecoverySeconds, (long)Math.Ceiling(back.Elapsed.TotalSeconds));

        var through = await _screener.TimeAsync() / Minute * Minute;
        await Eventually.TrueAsync(async () => await _candles.NewestCompleteAsync() >= through, "every instrument's candles arrive again");
        await _screener.SetSpeedAsync(0);
        await CheckAsync(through);
    }

    public async ValueTask DisposeAsync()
    {
        (_tally.Closes, _tally.Alerts) = (_tally.Closes + _counted.Closes, _tally.Alerts + _counted.Alerts);
        (_tally.Requests, _tally.Reconnects) = (_tally.Requests + _counted.Requests, _tally.Reconnects + _counted.Connects);
        foreach (var end in Enumerable.Reverse(_ends)) await end();
        await _links.DisposeAsync();
    }

    private async Task StartAsync(int instruments)
    {
        _receiver = await WebhookReceiver.StartAsync();
        _ends.Add(_receiver.DisposeAsync);
        LocalScreener? stack = null;
        _screener = await RunningScreener.StartAsync(
            ["--instruments", $"{instruments}", "--weightlimit", "100000", "--leasttrades", "30"],
            ChaosSettings.Of(_receiver),
            adapt: options => options with { SettingsOf = service => _links.SettingsOf(stack!, service) },
            test: "Chaos",
            only: []);
        stack = _screener.Stack;
        _ends.Add(_screener.DisposeAsync);
        _candles = new StoredCandles(_screener);
        _ends.Add(_candles.DisposeAsync);
        foreach (var rule in ChaosRules.All) await _candles.Get<RuleStore>().AddAsync(rule, null);
        foreach (var service in Enumerable.Repeat<string[]>(["data-collector", "metrics-calculator", "alert-engine", "api-gateway"], 2).SelectMany(all => all))
            await stack.AddWorkerAsync(service, CancellationToken.None);

        await _screener.AllReadyAsync();
        _client = new ResumingClient([.. stack.Gateways.Select(api => new Uri($"ws://{api.Authority}/ws/v1"))]);
        _ends.Add(_client.DisposeAsync);
        await _screener.SetSpeedAsync(Speed);
        await Eventually.TrueAsync(() => _client.Start >= 0, "the client is subscribed");
        await Eventually.TrueAsync(async () => await AllHaveAlertsAsync(instruments), "every instrument's closes fire");
    }

    private async Task<bool> AllHaveAlertsAsync(int instruments)
    {
        var closes = (await LedgerAsync()).Closes;
        var whole = closes.GroupBy(close => close.Minute).Where(minute => minute.Count() == instruments).Select(minute => minute.Key).ToList();
        _from = whole.Count == 0 ? 0 : whole.Min();
        return _from > 0;
    }

    private async Task HappenAsync(PlannedFault planned)
    {
        await Task.Delay(planned.After, TimeProvider.System, CancellationToken.None);
        var target = _targets.GetOrAdd(planned.Fault.Target, _ => new SemaphoreSlim(1));
        await target.WaitAsync(); // what a schedule keeps apart a slow machine may bring together
        try
        {
            await planned.Fault.HappensAsync(planned.Lasts);
        }
        finally
        {
            target.Release();
        }
    }

    /// <summary>What is late has its time to come; what is then still wrong is counted, whatever it is.</summary>
    private async Task CheckAsync(long through)
    {
        var traded = new List<(string Symbol, long Minute)>();
        foreach (var row in await _candles.InstrumentsAsync())
            traded.AddRange((await _candles.TruthAsync(row.Instrument, _from, through)).Keys.Select(minute => (row.Instrument.Symbol, minute)));
        IReadOnlyList<string> wrong = [];
        using var patience = new CancellationTokenSource(Patience);
        while ((wrong = await WrongAsync(traded, through)).Count > 0 && !patience.IsCancellationRequested)
            await Task.Delay(Pause, TimeProvider.System, CancellationToken.None);

        _tally.Broken += wrong.Count;
        _counted = (traded.Count, (await LedgerAsync()).Count, _receiver.Received.Count, _client.Connects);
        _output.WriteLine($"  {traded.Count} closes, {_passedOver} of them passed over, {_counted.Alerts} alerts, {_counted.Requests} requests to the receiver, {_client.Connects} connects of the client");
        Assert.True(wrong.Count == 0, string.Join(Environment.NewLine, wrong.Take(20).Prepend($"{wrong.Count} things are wrong")));
        Assert.All(_screener.Stack.Workers, AssertBounded);
    }

    private async Task<IReadOnlyList<string>> WrongAsync(IReadOnlyList<(string Symbol, long Minute)> traded, long through)
    {
        await HurriedRetries.HurryAsync(_candles.Get<Database>());
        var streams = new ChaosCandles(_screener.Stack.Nats.Url, _candles);
        var wrong = await streams.WrongAsync(_from, through);
        _passedOver = streams.PassedOver.Count;
        var ledger = await LedgerAsync();
        var delivered = _receiver.Received.Select(request => request.Data.GetProperty("id").GetString()!).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. await _candles.WrongAsync(_from, through),
            .. wrong,
            .. ledger.LostCloses(traded.Where(close => !streams.PassedOver.Contains(close))), .. ledger.NeverFired(), .. ledger.Doubled(), .. ledger.Undelivered(delivered), .. ledger.NotTold(_client.Start, _client.Received),
            .. Enumerable.Repeat("a gateway could not give the client what it had missed", _client.NotRecovered),
            .. AlertLedger.Renamed(_receiver.Received), .. _receiver.Refused.Select(refused => $"the receiver refused {refused}"),
        ];
    }

    private async Task<AlertLedger> LedgerAsync()
    {
        var alerts = new List<(long, Contracts.Alerts.AlertEvent)>();
        await StoredMessages.ReadAllAsync(_screener.Stack.Nats.Url, Streams.Alerts, message =>
            alerts.Add(((long)message.Sequence, JsonSerializer.Deserialize(message.Data.Span, ContractsJson.Default.AlertEvent)!)));
        return new AlertLedger(alerts);
    }

    private static void AssertBounded(LocalProgram worker)
    {
        using var process = Process.GetProcessById(worker.ProcessId);
        Assert.True(process.WorkingSet64 < MostBytes, $"{worker.Name} has {process.WorkingSet64 >> 20} MB");
    }
}
