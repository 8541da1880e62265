using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CryptoScreener.Contracts.Alerts;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.Contracts.Catalogue;
using CryptoScreener.Contracts.Feed;
using CryptoScreener.Contracts.Instruments;
using CryptoScreener.Contracts.Json;
using CryptoScreener.Contracts.Marks;
using CryptoScreener.Contracts.Rules;
using CryptoScreener.Contracts.Status;
using CryptoScreener.Storage.Alerts;
using CryptoScreener.Testing;

namespace CryptoScreener.UnitTests.Contracts;

/// <summary>
/// The wire format is a public contract. A test here fails when a field is renamed, retyped or dropped; when you ADD one,
/// run with UPDATE_GOLDEN=1 and read the difference.
/// </summary>
public sealed class GoldenFileTests
{
    private static readonly InstrumentId Btc = InstrumentId.Parse("binance-futures:BTCUSDT");

    [Fact]
    public void Candle() => Golden("candle.json", CandleCodecTests.Write(new CandleUpdate(
        Btc,
        new Candle(1_763_656_440_000, 91000.1, 91010.5, 90990, 91005.25, 12.345, 1123456.78, 321, 6.1, 555000.5),
        true,
        CandleSource.Exchange,
        1_763_656_500_003,
        1_763_656_500_050,
        7)));

    [Fact]
    public void Mark() => Golden("mark.json", new Mark("binance-futures", 3, 1_763_656_440_000, 50, ["XUSDT"], 1_763_656_501_000, 7), ContractsJson.Default.Mark);

    [Fact]
    public void Alert() => Golden("alert.json", SampleAlert, ContractsJson.Default.AlertEvent);

    [Fact]
    public void Suppressed_alert() => Golden(
        "alert-suppressed.json",
        SampleAlert with
        {
            Group = "futures_pioneer_bull:1763656440000",
            Suppressed = new AlertSuppression(SuppressionReason.Inhibition, AlertId.Of("btc_critical", 3, Btc, "1763656380000")),
        },
        ContractsJson.Default.AlertEvent);

    [Fact]
    public void Acknowledged_alert() => Golden(
        "alert-acknowledged.json",
        new StoredAlert(SampleAlert, 12, 1_763_656_800_000, "alice").Acknowledgement(),
        ContractsJson.Default.AlertEvent);

    [Fact]
    public void Feed_status() => Golden(
        "feed-status.json",
        new FeedStatus("binance-futures", FeedState.Live, true, 50, 2, 0.4, -12.5, 1_763_656_501_000, "2 of 3 connections are open", 3, 1, 41.5, 0.02),
        ContractsJson.Default.FeedStatus);

    [Fact]
    public void Gap() => Golden(
        "gap.json",
        new GapEvent("binance-futures", "BTCUSDT", 1_763_656_440_000, 1_763_656_500_000, GapState.Repaired, "reconnect", 1_763_656_561_000),
        ContractsJson.Default.GapEvent);

    [Fact]
    public void Stall() => Golden(
        "stall.json", new StallEvent("binance-futures", "BTCUSDT", "subscribed again", 1_763_656_501_000), ContractsJson.Default.StallEvent);

    [Fact]
    public void Listing() => Golden(
        "listing.json", new ListingEvent("binance-futures", "NEWUSDT", true, 1_763_656_501_000), ContractsJson.Default.ListingEvent);

    [Fact]
    public void Backfilled() => Golden(
        "backfilled.json",
        new BackfilledEvent("binance-futures", "BTCUSDT", "1m", 1_763_570_040_000, 1_763_656_440_000, 1440, 1_763_656_501_000),
        ContractsJson.Default.BackfilledEvent);

    [Fact]
    public void Evaluation_gap() => Golden(
        "evaluation-gap.json", new EvaluationGapEvent("binance-futures", 3, 1_763_656_440_000, 1_763_656_501_000), ContractsJson.Default.EvaluationGapEvent);

    [Fact]
    public void Status() => Golden(
        "status.json",
        new ServiceStatus(
            "data-collector",
            "host-1",
            "0.1.0",
            true,
            new Dictionary<string, double> { ["candles_received_per_second"] = 200.5 },
            new Dictionary<string, string> { ["nats"] = "ok" },
            1_763_656_501_000),
        ContractsJson.Default.ServiceStatus);

    [Fact]
    public void Catalogue() => Golden(
        "catalogue.json",
        new CatalogueDocument("0123456789abcdef", [new MetricDefinition("rsi(14,1h)", "rsi", ["14", "1h"], "score", "Relative strength", 900)]),
        ContractsJson.Default.CatalogueDocument);

    [Fact]
    public void Rule() => Golden(
        "rule.json",
        new RuleDefinition
        {
            Id = "rule-1",
            Version = 2,
            Name = "Oversold",
            RuleType = "custom",
            Expression = "rsi(14, 1h) < 30",
            Description = "Cheap?",
            Severity = AlertSeverity.Warning,
            Trigger = new TriggerOptions { Mode = TriggerMode.OncePerBarClose, Bar = "1h", CooldownSeconds = 3600 },
            Universe = new RuleUniverse { Exchanges = ["binance-futures"], Include = ["*USDT"] },
            Owner = "alice",
            Endpoints = ["hook-1"],
        },
        ContractsJson.Default.RuleDefinition);

    internal static AlertEvent SampleAlert => new()
    {
        Id = AlertId.Of("futures_pioneer_bull", 1, Btc, "1763656440000"),
        Symbol = "BTCUSDT",
        Exchange = "binance-futures",
        RuleType = "futures_pioneer_bull",
        RuleId = "futures_pioneer_bull",
        RuleVersion = 1,
        Description = "Strong start of a move up",
        Severity = AlertSeverity.Info,
        State = AlertState.Fired,
        Timestamp = new DateTime(2025, 11, 20, 16, 35, 0, 3, DateTimeKind.Utc),
        Price = 91005.25,
        Metadata = new Dictionary<string, double> { ["change(5m)"] = 1.25, ["volume(5m)"] = 1123456.78 },
        TriggerKey = "1763656440000",
        ReceivedAt = 1_763_656_500_050,
        CalculatedAt = 1_763_656_500_051,
        EvaluatedAt = 1_763_656_500_052,
        TraceParent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        Epoch = 7,
    };

    private static void Golden<T>(string file, T value, JsonTypeInfo<T> type)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(value, type);
        Golden(file, bytes);
        Assert.Equal(bytes, JsonSerializer.SerializeToUtf8Bytes(JsonSerializer.Deserialize(bytes, type)!, type));
    }

    private static void Golden(string file, byte[] json)
    {
        var path = Repository.PathOf("tests", "UnitTests", "Contracts", "golden", file);
        var text = System.Text.Encoding.UTF8.GetString(json) + "\n";
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1") File.WriteAllText(path, text);
        Assert.True(File.Exists(path), $"{path} is missing: run once with UPDATE_GOLDEN=1 and commit it");
        Assert.Equal(File.ReadAllText(path), text);
    }
}
