using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using CryptoScreener.Contracts.Alerts;
using CryptoScreener.Contracts.Instruments;
using CryptoScreener.Testing;

namespace CryptoScreener.EndToEndTests;

/// <summary>A market that says exactly what happens, and exactly the alerts that must come of it, at both ends of the wire.</summary>
public sealed partial class ScriptedTapeTests : IDisposable
{
    private const long Minute = 60_000;
    private const int Lead = 20; // minutes of quiet in which everything gets going
    private const int Pump = 3;
    private const int Dump = 20;
    private const int Length = 34;
    private static readonly InstrumentId Eth = InstrumentId.Parse("binance-futures:ETHUSDT");
    private readonly string _folder = Directory.CreateTempSubdirectory("screener-tape-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_scripted_tape_gives_exactly_its_alerts_to_the_webhook_and_to_the_socket()
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() / Minute * Minute;
        var start = now + (Lead * Minute);
        var tape = Path.Combine(_folder, "tape.json");
        await File.WriteAllTextAsync(tape, JsonSerializer.Serialize(Tape(start)));
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var traces = await OtlpReceiver.StartAsync();
        await using var screener = await RunningScreener.StartAsync(
            ["--instruments", "3", "--tape", tape, "--start", DateTimeOffset.FromUnixTimeMilliseconds(now).ToString("O", CultureInfo.InvariantCulture)],
            new Dictionary<string, string>
            {
                ["Collector__Allow__0"] = Eth.Symbol,
                ["Delivery__Webhook__Url"] = receiver.Url,
                ["Delivery__Webhook__Secret"] = receiver.Secret,
                ["Telemetry__OtlpEndpoint"] = traces.Address,
                ["Telemetry__MarketDataSampling"] = "0.1",
            });
        await using var client = await AlertClient.ConnectAsync(screener.Stack.Api);
        await screener.SetSpeedAsync(10);
        await Eventually.TrueAsync(async () => await HasDayAsync(screener), "the windows of a day are complete");
        Assert.True(await screener.TimeAsync() < start, "the machine was too slow: the tape began before the windows were complete");
        await screener.SetSpeedAsync(60);

        string[] expected =
        [
            .. Both("futures_pioneer_bull", start + (Pump * Minute)),
            .. Both("futures_pioneer_bear", start + (Dump * Minute)),
        ];
        // Some minutes more than it takes, in which nothing else may follow.
        await Eventually.TrueAsync(async () => await screener.TimeAsync() > start + (Length * Minute), "the tape is over");
        await Eventually.NoneAsync(() => expected.Except(receiver.Received.Select(r => Name(r.Data))).Concat(expected.Except(client.Received.Select(Name))), "alerts are still missing");
        Assert.Equal(expected.Order(), receiver.Received.Select(r => Name(r.Data)).Where(IsPreset).Order());
        await Eventually.TrueAsync(() => receiver.Received.Count == client.Received.Count, "both ends have got the same number of alerts");
        Assert.Equal(receiver.Received.Select(r => Name(r.Data)).Order(), client.Received.Select(Name).Order());
        Assert.Equal(receiver.Received.Count, receiver.Received.Select(r => r.Id).Distinct().Count());
        Assert.Empty(receiver.Refused);
        Assert.All(receiver.Received, r => Assert.Equal(FiringOf(r.Data), r.CorrelationId));

        using var listed = JsonDocument.Parse(await screener.GetAsync("/api/v1/alerts?symbol=ETHUSDT&limit=50"));
        Assert.Equal(expected.Order(), listed.RootElement.EnumerateArray().Select(Name).Where(IsPreset).Order());
        var fired = receiver.Received.First(r => r.Type == "alert.fired" && Name(r.Data) == expected[0]);
        AssertNumbers(fired.Data);
        await AssertTracedAsync(fired, traces);
        await AssertLogsAndLatenciesLeadToTracesAsync(fired, [.. receiver.Received.Select(r => r.TraceId!)], screener);
        await Eventually.TrueAsync(() => traces.Spans.Any(span => span.Name == "market frame"), "some frames without an alert are traced too");
    }

    /// <summary>From the exchange's frame to the webhook's request, in one trace without a missing parent.</summary>
    private static async Task AssertTracedAsync(ReceivedWebhook fired, OtlpReceiver traces)
    {
        var id = fired.Data.GetProperty("trace_parent").GetString()!.Split('-')[1];
        Assert.Equal(id, fired.TraceId);
        string[] stages =
        [
            "alert-engine: alert", "alert-engine: collect and calculate", "alert-engine: deliver", "alert-engine: evaluate",
            "alert-engine: exchange frame", "alert-engine: record", "alert-engine: settle", "api-gateway: relay to sockets",
        ];
        var spans = traces.Spans.Where(span => span.TraceId == id);
        await Eventually.NoneAsync(() => stages.Except(spans.Select(span => $"{span.Service}: {span.Name}")), "stages are missing in the alert's trace");
        var root = Assert.Single(spans, span => span.ParentId.Length == 0);
        Assert.Equal("alert", root.Name);
        Assert.All(spans.Where(span => span != root), span => Assert.Contains(spans, parent => parent.SpanId == span.ParentId));
    }

    /// <summary>Lines about the alert carry its trace, and the histograms of what became of alerts an example of one.</summary>
    private static async Task AssertLogsAndLatenciesLeadToTracesAsync(ReceivedWebhook fired, HashSet<string> traces, RunningScreener screener)
    {
        var published = (await File.ReadAllLinesAsync(Path.Combine(screener.Stack.LogFolder, "alert-engine.log")))
            .Where(line => line.Contains("\"event\":\"alert_published\"", StringComparison.Ordinal) && line.Contains(FiringOf(fired.Data)!, StringComparison.Ordinal));
        Assert.All(published, line => Assert.Matches("\"trace_id\":\"[0-9a-f]{32}\"", line));
        Assert.Contains(published, line => line.Contains($"\"trace_id\":\"{fired.TraceId}\"", StringComparison.Ordinal));

        using var http = new HttpClient { BaseAddress = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{screener.Stack.Worker("alert-engine").HealthPort}")) };
        http.DefaultRequestHeaders.Accept.ParseAdd("application/openmetrics-text");
        var lines = (await http.GetStringAsync("/metrics")).Split('\n');
        foreach (var stage in new[] { "alert_published", "close_to_alert", "alert_to_first_attempt", "delivered" })
        {
            var examples = lines.Where(line => line.StartsWith("screener_stage_latency_seconds_bucket", StringComparison.Ordinal) && line.Contains($"stage=\"{stage}\"", StringComparison.Ordinal))
                .Select(line => Example().Match(line).Groups[1].Value).Where(id => id.Length > 0).ToList();
            Assert.True(examples.Exists(traces.Contains), $"none of the examples of {stage} is one of the alerts': {string.Join(' ', examples)}");
        }
    }

    [GeneratedRegex("# \\{.*trace_id=\"([0-9a-f]{32})\"")]
    private static partial Regex Example();

    /// <summary>Flat at 2000; a jump of 1.5 % on heavy volume; flat; back again on heavy volume; flat.</summary>
    private static object Tape(long start) => new
    {
        instruments = new[]
        {
            new
            {
                symbol = Eth.Symbol,
                start = DateTimeOffset.FromUnixTimeMilliseconds(start).UtcDateTime,
                history = new { price = 2000, volume = 10, trades = 4 },
                minutes = Enumerable.Range(0, Length).Select(MinuteAt).ToArray(),
            },
        },
    };

    private static object MinuteAt(int i) => i switch
    {
        Pump => new { o = 2000, h = 2030, l = 2000, c = 2030, v = 1000, n = 50 },
        Dump => new { o = 2030, h = 2030, l = 2000, c = 2000, v = 1000, n = 50 },
        > Pump and < Dump => new { o = 2030, h = 2030, l = 2030, c = 2030, v = 10, n = 8 },
        _ => new { o = 2000, h = 2000, l = 2000, c = 2000, v = 10, n = 8 },
    };

    private static async Task<bool> HasDayAsync(RunningScreener screener)
    {
        using var frames = JsonDocument.Parse(await screener.GetAsync("/api/v1/metrics?columns=change(1d)"));
        return frames.RootElement.GetArrayLength() == 1
            && frames.RootElement[0].GetProperty("metrics").GetProperty("change(1d)").ValueKind == JsonValueKind.Number;
    }

    private static void AssertNumbers(JsonElement alert)
    {
        var used = alert.GetProperty("metadata");
        Assert.InRange(used.GetProperty("change(5m)").GetDouble(), 1.0, 1.5000001);
        Assert.Equal(["change(15m)", "change(5m)", "volume(15m)", "volume(5m)"], used.EnumerateObject().Select(p => p.Name).Order());
        Assert.InRange(alert.GetProperty("price").GetDouble(), 2020, 2030);
        Assert.Equal("info", alert.GetProperty("severity").GetString());
    }

    private static string? FiringOf(JsonElement alert) =>
        (alert.TryGetProperty("resolves", out var firing) && firing.ValueKind == JsonValueKind.String ? firing : alert.GetProperty("id")).GetString();

    private static string[] Both(string rule, long minute) => [Fired(rule, minute), Resolved(rule, minute)];

    private static string Fired(string rule, long minute) => $"{AlertId.Of(rule, 1, Eth, $"{minute}")} {rule} fired";

    private static string Resolved(string rule, long minute) => $"{AlertId.Of(rule, 1, Eth, $"{minute}:resolved")} {rule} resolved";

    /// <summary>The anomaly rules look at statistics of the whole history; here only the presets' conditions are scripted.</summary>
    private static bool IsPreset(string name) => name.Contains(" futures_", StringComparison.Ordinal);

    private static string Name(JsonElement alert) =>
        $"{alert.GetProperty("id").GetString()} {alert.GetProperty("rule_id").GetString()} {alert.GetProperty("state").GetString()}";
}
