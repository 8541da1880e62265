using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using CryptoScreener.Contracts.Bus;
using CryptoScreener.EndToEndTests.Truth;
using Xunit.Abstractions;

namespace CryptoScreener.EndToEndTests.Outages;

/// <summary>A collector and what stores its candles; takes something away for some of the exchange's minutes, and measures how long the rest takes to be whole.</summary>
internal sealed class OutageRun : IAsyncDisposable
{
    private const long Minute = 60_000;

    /// <summary>The waits of real life, shortened as the minutes are.</summary>
    private static readonly Dictionary<string, string> Settings = new()
    {
        ["Collector__BackfillHours"] = "1",
        ["Collector__CloseGraceMs"] = "200",
        ["Collector__CloseDeadlineMs"] = "2000",
        ["Collector__SilenceLimitMs"] = "3000",
    };

    private readonly RunningScreener _screener;
    private readonly StoredCandles _stored;
    private readonly OutageSize _size;
    private readonly ITestOutputHelper _output;
    private readonly HttpClient _http = new();
    private readonly long _from;

    private OutageRun(RunningScreener screener, OutageSize size, ITestOutputHelper output, long now)
    {
        (_screener, _size, _output) = (screener, size, output);
        _stored = new StoredCandles(screener);
        _from = (now / Minute * Minute) - (30 * Minute);
    }

    public RunningScreener Screener => _screener;

    public static async Task<OutageRun> StartAsync(OutageSize size, ITestOutputHelper output)
    {
        var screener = await RunningScreener.StartAsync(
            ["--instruments", $"{size.Instruments}", "--rate", "1", "--weightlimit", "2400"], Settings, test: "Outages", only: ["data-collector", "metrics-calculator"]);
        var run = new OutageRun(screener, size, output, await screener.TimeAsync());
        await screener.SetSpeedAsync(size.Speed);
        await run.ArriveAsync("before anything is taken away");
        return run;
    }

    /// <summary>Goes on until every instrument's minutes of now are stored.</summary>
    public async Task ArriveAsync(string when)
    {
        var now = await _screener.TimeAsync();
        await UntilAsync(async () => await _stored.NewestCompleteAsync() >= now / Minute * Minute, $"minutes of all {_size.Instruments} instruments are stored {when}");
    }

    public async Task PassAsync(string what, Func<Task> takeAsync, Func<Task> giveBackAsync, bool lasts = true)
    {
        var collector = _screener.Stack.Worker("data-collector").ProcessId;
        var before = MegabytesOf(collector);
        await takeAsync();
        var taken = await _screener.TimeAsync();
        if (lasts) await UntilAsync(async () => await _screener.TimeAsync() > taken + (_size.Minutes * Minute), $"{_size.Minutes} minutes pass");
        await giveBackAsync();
        var watch = Stopwatch.StartNew();
        await ArriveAsync($"after: {what}");
        var live = watch.Elapsed;
        var through = await _stored.NewestCompleteAsync();
        await _stored.BecomeTruthAsync(_from, through);
        var grown = MegabytesOf(collector) - before;
        _output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{what}: live again after {live.TotalSeconds:0.0} s, nothing missing after {watch.Elapsed.TotalSeconds:0.0} s; the collector has {before:0} MB and {grown:+0;-0} MB"));
        Assert.Equal(collector, _screener.Stack.Worker("data-collector").ProcessId);
        Assert.True(grown < _size.MegabytesOfGrowth, $"{what}: the collector grew by {grown:0} MB");
    }

    public async Task OrderAsync(params object[] faults) =>
        (await _http.PostAsJsonAsync(_screener.Simulator("/sim/faults"), faults)).EnsureSuccessStatusCode();

    public async Task EndFaultsAsync() => (await _http.DeleteAsync(_screener.Simulator("/sim/faults"))).EnsureSuccessStatusCode();

    /// <summary>What the bus was told in a range, broken promises included.</summary>
    public async Task<BusRecord> BusAsync()
    {
        var bus = new BusRecord([.. (await _stored.InstrumentsAsync()).Select(i => i.Instrument)]);
        await StoredMessages.ReadAllAsync(_screener.Stack.Nats.Url, Streams.Candles, message => bus.Add(message));
        return bus;
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _stored.DisposeAsync();
        await _screener.DisposeAsync();
    }

    private async Task UntilAsync(Func<Task<bool>> condition, string what)
    {
        var watch = Stopwatch.StartNew();
        while (!await condition())
        {
            Assert.True(watch.Elapsed < _size.Patience, $"still not so after {_size.Patience}: {what}");
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, CancellationToken.None);
        }
    }

    private static double MegabytesOf(int process)
    {
        using var running = Process.GetProcessById(process);
        return running.WorkingSet64 / 1048576.0;
    }
}
