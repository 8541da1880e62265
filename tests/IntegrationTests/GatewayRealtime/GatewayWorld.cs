using System.Buffers;
using System.Globalization;
using System.Text.Json;
using CryptoScreener.Contracts.Alerts;
using CryptoScreener.Contracts.Bus;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.Contracts.Catalogue;
using CryptoScreener.Contracts.Feed;
using CryptoScreener.Contracts.Frames;
using CryptoScreener.Contracts.Instruments;
using CryptoScreener.Contracts.Json;
using CryptoScreener.IntegrationTests.Messaging;
using CryptoScreener.LocalServers;
using CryptoScreener.Testing;

namespace CryptoScreener.IntegrationTests.GatewayRealtime;

/// <summary>A bus of its own (others' alerts would come through), and a worker's side of it: frames, candles, alerts.</summary>
public sealed class GatewayWorld : IAsyncLifetime
{
    internal const string Exchange = "test";
    private static readonly MetricCatalogue Catalogue = new(
    [
        new MetricDefinition("price", "price", [], "price", "The price.", 1),
        new MetricDefinition("change(5m)", "change", ["5m"], "percent", "The change.", 5),
    ]);

    private readonly ServersFixture _servers = new();
    private LocalNats? _nats;
    private TestBus? _bus;
    private RunningGateway? _gateway;
    private string _database = "";
    private long _calculatedAt = 1;
    private int _alerts;

    internal RunningGateway Gateway => _gateway!;

    private TestBus Bus => _bus!;

    public async Task InitializeAsync()
    {
        await _servers.InitializeAsync();
        _database = await _servers.CreateDatabaseAsync();
        _nats = await LocalNats.StartAsync();
        _bus = await TestBus.StartAsync(_nats);
        var catalogue = new CatalogueDocument(Catalogue.Hash.ToString("x16", CultureInfo.InvariantCulture), Catalogue.Metrics);
        await Bus.Stored.PublishAsync(
            Subjects.MetricsCatalogue(Catalogue.Hash), JsonSerializer.SerializeToUtf8Bytes(catalogue, ContractsJson.Default.CatalogueDocument), null, CancellationToken.None);
        await FrameAsync("BTCUSDT", 1, 100, change: 1);
        _gateway = await StartGatewayAsync();
        await Eventually.TrueAsync(() => Gateway.Get<ApiGateway.Live.FrameBook>().Find(Id("BTCUSDT")) is not null, "the gateway has the first frame");
    }

    public async Task DisposeAsync()
    {
        await Gateway.DisposeAsync();
        await Bus.DisposeAsync();
        await _nats!.DisposeAsync();
    }

    internal Task<RunningGateway> StartGatewayAsync(params string[] settings) => RunningGateway.StartAsync(_nats!.Url, _database, settings);

    internal static InstrumentId Id(string symbol) => new(Exchange, symbol);

    internal async Task FrameAsync(string symbol, long minute, double price, double change = double.NaN, bool isClosed = true)
    {
        var bytes = new ArrayBufferWriter<byte>();
        FrameCodec.Write(bytes, new FrameHeader(isClosed, Catalogue.Hash, minute * Timeframe.MinuteMs, 0, 0, ++_calculatedAt, 1, 0), [price, change]);
        if (isClosed) await Bus.Stored.PublishAsync(Subjects.MetricsClosed(0, Id(symbol)), bytes.WrittenMemory, null, CancellationToken.None);
        else await Bus.Core.PublishAsync(Subjects.MetricsLive(0, Id(symbol)), bytes.WrittenMemory, CancellationToken.None);
        await Bus.Stored.FlushAsync(CancellationToken.None);
    }

    internal async Task CandleAsync(string symbol, Candle candle, bool isClosed)
    {
        var bytes = new ArrayBufferWriter<byte>();
        await using (var json = new Utf8JsonWriter(bytes)) CandleCodec.Write(json, new CandleUpdate(Id(symbol), candle, isClosed, CandleSource.Exchange, 0, 0, 1));
        await Bus.Core.PublishAsync(isClosed ? Subjects.CandleClosed(0, Id(symbol)) : Subjects.CandleLive(0, Id(symbol)), bytes.WrittenMemory, CancellationToken.None);
    }

    internal async Task FeedAsync(string exchange, FeedState state, long at) => await Bus.Stored.PublishAsync(
        Subjects.Feed(exchange, FeedKinds.Status),
        JsonSerializer.SerializeToUtf8Bytes(new FeedStatus(exchange, state, true, 5, 1, 0.1, 0, at), ContractsJson.Default.FeedStatus),
        null,
        CancellationToken.None);

    /// <summary>Alerts whose ids end with their number, from 1; returns the number of the last one.</summary>
    internal async Task<int> AlertsAsync(int count, string symbol = "BTCUSDT", string? owner = null, AlertSeverity severity = AlertSeverity.Info, string description = "moved")
    {
        for (var i = 0; i < count; i++)
        {
            var alert = new AlertEvent
            {
                Id = string.Create(CultureInfo.InvariantCulture, $"a{++_alerts}"),
                Symbol = symbol,
                Exchange = Exchange,
                RuleType = "custom",
                RuleId = "r1",
                RuleVersion = 1,
                Description = description,
                Severity = severity,
                State = AlertState.Fired,
                Timestamp = DateTime.UnixEpoch.AddSeconds(_alerts),
                Price = _alerts,
                Metadata = new Dictionary<string, double> { ["price"] = _alerts },
                TriggerKey = $"{_alerts}",
                Owner = owner,
                EvaluatedAt = 1,
            };
            await Bus.Stored.PublishAsync(
                Subjects.Alert(Id(symbol), alert.RuleId, alert.Id), JsonSerializer.SerializeToUtf8Bytes(alert, ContractsJson.Default.AlertEvent), null, CancellationToken.None);
        }

        await Bus.Stored.FlushAsync(CancellationToken.None);
        return _alerts;
    }
}

[CollectionDefinition(Name)]
public sealed class GatewayGroup : ICollectionFixture<GatewayWorld>
{
    public const string Name = "gateway";
}
