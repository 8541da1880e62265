using System.Buffers;
using System.Globalization;
using System.Text.Json;
using CryptoScreener.ApiGateway.Live;
using CryptoScreener.Contracts.Bus;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.Contracts.Catalogue;
using CryptoScreener.Contracts.Frames;
using CryptoScreener.Contracts.Instruments;
using CryptoScreener.Contracts.Json;
using CryptoScreener.IntegrationTests.Messaging;
using CryptoScreener.LocalServers;
using CryptoScreener.Messaging.Catalogues;
using CryptoScreener.Storage.Candles;
using CryptoScreener.Storage.Instruments;
using CryptoScreener.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace CryptoScreener.IntegrationTests.Gateway;

/// <summary>One gateway for the tests of a class, on a bus of its own with a small market; a test makes accounts of its own.</summary>
public sealed class GatewayFixture : IAsyncLifetime
{
    internal const long FirstMinute = 29_000_000 * Timeframe.MinuteMs;
    internal const int Minutes = 40;
    internal static readonly InstrumentId Instrument = new("binance-futures", "BTCUSDT");
    private static readonly InstrumentId Other = new("binance-futures", "ETHUSDT");
    private static readonly MetricCatalogue Catalogue = new(
    [
        new MetricDefinition("price", "price", [], "price", "The price.", 1),
        new MetricDefinition("open(1d)", "open", ["1d"], "price", "The first price of the day.", 1440),
        new MetricDefinition("change(5m)", "change", ["5m"], "percent", "The change.", 5),
        new MetricDefinition("volume(1h)", "volume", ["1h"], "quote", "The volume.", 60),
    ]);

    private readonly ServersFixture _servers = new();
    private LocalNats? _nats;

    internal RunningGateway Gateway { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        await _servers.InitializeAsync();
        _nats = await LocalNats.StartAsync();
        await PublishMarketAsync(_nats);
        Gateway = await StartAsync(database: null);
        await Eventually.TrueAsync(async () => (await Gateway.SendAsync(HttpMethod.Get, "/api/v1/me", RunningGateway.FirstKey)).IsSuccessStatusCode, "the first key works");
        await StoreCandlesAsync();
        await KnowsTheMarketAsync(Gateway);
    }

    public async Task DisposeAsync()
    {
        await Gateway.DisposeAsync();
        await _nats!.DisposeAsync();
    }

    /// <summary>Another gateway of the same installation.</summary>
    internal async Task<RunningGateway> StartAnotherAsync(params (string Name, string Value)[] settings) =>
        await KnowsTheMarketAsync(await StartAsync(Gateway.Database, null, settings));

    internal async Task<RunningGateway> StartAnotherAsync(Action<IServiceCollection> change) =>
        await KnowsTheMarketAsync(await StartAsync(Gateway.Database, change));

    /// <summary>Until then a gateway answers what needs the bus with 503.</summary>
    private static async Task<RunningGateway> KnowsTheMarketAsync(RunningGateway gateway)
    {
        await Eventually.TrueAsync(
            () => gateway.Get<CatalogueBook>().Current is not null && gateway.Get<FrameBook>().Find(Other) is not null, "the gateway has the catalogue and the frames");
        return gateway;
    }

    private Task<RunningGateway> StartAsync(string? database, Action<IServiceCollection>? change = null, params (string Name, string Value)[] settings)
    {
        var all = new Dictionary<string, string?> { ["Auth:AnonymousRead"] = "true", ["Messaging:Url"] = _nats!.Url, ["Realtime:ConnectsPerMinute"] = "100000" };
        foreach (var (name, value) in settings) all[name] = value;
        return RunningGateway.StartAsync(_servers, all, database, change);
    }

    private static async Task PublishMarketAsync(LocalNats nats)
    {
        await using var bus = await TestBus.StartAsync(nats);
        var catalogue = new CatalogueDocument(Catalogue.Hash.ToString("x16", CultureInfo.InvariantCulture), Catalogue.Metrics);
        await bus.Stored.PublishAsync(
            Subjects.MetricsCatalogue(Catalogue.Hash), JsonSerializer.SerializeToUtf8Bytes(catalogue, ContractsJson.Default.CatalogueDocument), null, CancellationToken.None);
        foreach (var (instrument, price) in new[] { (Instrument, 139d), (Other, 50d) })
        {
            var bytes = new ArrayBufferWriter<byte>();
            FrameCodec.Write(bytes, new FrameHeader(true, Catalogue.Hash, FirstMinute + ((Minutes - 1) * Timeframe.MinuteMs), FirstMinute, 0, 1, 1, 0), [price, 100, 1.5, double.NaN]);
            await bus.Stored.PublishAsync(Subjects.MetricsClosed(0, instrument), bytes.WrittenMemory, null, CancellationToken.None);
        }

        await bus.Stored.FlushAsync(CancellationToken.None);
    }

    private async Task StoreCandlesAsync()
    {
        var store = Gateway.Get<InstrumentStore>();
        await store.RegisterAsync([new(Instrument, "BTC", "USDT", InstrumentStatus.Trading), new(Other, "ETH", "USDT", InstrumentStatus.Trading)]);
        var id = (await store.ResolveAsync([Instrument]))[0];
        await Gateway.Get<CandleWriter>().WriteAsync(Enumerable.Range(0, Minutes).Select(i => new CandleRow(
            id, Timeframe.OneMinute, new Candle(FirstMinute + (i * Timeframe.MinuteMs), 100 + i, 101 + i, 99.25 + i, 100.5 + i, 10, 1_000, 7, 4, 400), CandleSource.Exchange)).ToArray());
    }
}
