using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using CryptoScreener.LocalServers.Stack;

namespace CryptoScreener.Launcher;

/// <summary>Asks the workers how they do, through the same doors as anybody else: health, metrics, API.</summary>
internal sealed class LiveStatus(LocalScreener screener)
{
    /// <summary>A short while of not being ready is a hiccup of a busy laptop; this long is trouble.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(2) };
    private readonly Dictionary<string, long> _unreadySince = [];
    private readonly HashSet<string> _ended = [];
    private readonly HashSet<string> _unready = [];
    private readonly Dictionary<string, (double Count, long At)> _counters = [];

    public IList<string> Troubles { get; } = [];

    /// <summary>Notes what has ended by itself; asked once more at the end, so that nothing is missed.</summary>
    public void NoteEnded()
    {
        foreach (var name in screener.Ended())
            if (_ended.Add(name)) Troubles.Add($"{name} ended by itself; the logs are in {screener.LogFolder}");
    }

    public async Task<StatusSample> NextAsync(CancellationToken stop)
    {
        NoteEnded();
        var workers = new List<(string, bool)>();
        foreach (var worker in screener.Workers)
        {
            var (ready, said) = await worker.ReadyAsync(stop);
            Remember(worker, ready, said);
            workers.Add((worker.Name, ready));
        }

        return new StatusSample(
            workers,
            await CountInstrumentsAsync(stop),
            await RateAsync("data-collector", "data_collector_candles_received_total", stop),
            await RateAsync("metrics-calculator", "metrics_calculator_candles_processed_total", stop),
            (long)await CounterAsync("alert-engine", "alert_engine_alerts_triggered_total", stop),
            await LatestAlertsAsync(stop));
    }

    private void Remember(LocalProgram worker, bool ready, string said)
    {
        if (ready) _unreadySince.Remove(worker.Name);
        else if (_unreadySince.TryAdd(worker.Name, Stopwatch.GetTimestamp())) return;
        else if (Stopwatch.GetElapsedTime(_unreadySince[worker.Name]) > Patience && _unready.Add(worker.Name))
            Troubles.Add($"{worker.Name} was not ready for {Patience.TotalSeconds:0} s: {said}");
    }

    private async Task<double> RateAsync(string service, string counter, CancellationToken stop)
    {
        var (count, now) = (await CounterAsync(service, counter, stop), Stopwatch.GetTimestamp());
        var before = _counters.GetValueOrDefault(counter, (count, now));
        _counters[counter] = (count, now);
        var seconds = Stopwatch.GetElapsedTime(before.Item2, now).TotalSeconds;
        return seconds > 0 ? Math.Max(0, count - before.Item1) / seconds : 0;
    }

    /// <summary>The counter summed over its labels and the worker's processes.</summary>
    private async Task<double> CounterAsync(string service, string counter, CancellationToken stop)
    {
        double sum = 0;
        foreach (var worker in screener.Workers.Where(w => w.Name.StartsWith(service, StringComparison.Ordinal)))
        {
            var text = await GetAsync($"http://127.0.0.1:{worker.HealthPort}/metrics", stop);
            foreach (var line in text.Split('\n'))
            {
                if (!line.StartsWith(counter, StringComparison.Ordinal) || line.Split(' ') is not [_, var value, ..]) continue;
                if (double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)) sum += number;
            }
        }

        return sum;
    }

    private async Task<int> CountInstrumentsAsync(CancellationToken stop)
    {
        using var frames = Parse(await GetAsync(new Uri(screener.Api, "/api/v1/metrics?columns=price").ToString(), stop));
        return frames?.RootElement.GetArrayLength() ?? 0;
    }

    private async Task<IReadOnlyList<ShownAlert>> LatestAlertsAsync(CancellationToken stop)
    {
        using var alerts = Parse(await GetAsync(new Uri(screener.Api, "/api/v1/alerts?limit=8").ToString(), stop));
        return alerts is null
            ? []
            : [.. alerts.RootElement.EnumerateArray().Select(a => new ShownAlert(
                a.GetProperty("timestamp").GetDateTime().ToString("HH:mm:ss", CultureInfo.InvariantCulture),
                a.GetProperty("rule_id").GetString()!,
                a.GetProperty("symbol").GetString()!,
                a.GetProperty("price").GetDouble().ToString("G6", CultureInfo.InvariantCulture)))];
    }

    private static async Task<string> GetAsync(string address, CancellationToken stop)
    {
        try
        {
            return await Http.GetStringAsync(address, stop);
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !stop.IsCancellationRequested)
        {
            return ""; // readiness says what is wrong
        }
    }

    private static JsonDocument? Parse(string json)
    {
        try
        {
            return json.Length == 0 ? null : JsonDocument.Parse(json);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
