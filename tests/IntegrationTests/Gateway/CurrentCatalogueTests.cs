using System.Buffers;
using System.Globalization;
using System.Text.Json;
using CryptoScreener.ApiGateway.Live;
using CryptoScreener.Contracts.Bus;
using CryptoScreener.Contracts.Catalogue;
using CryptoScreener.Contracts.Frames;
using CryptoScreener.Contracts.Instruments;
using CryptoScreener.Contracts.Json;
using CryptoScreener.IntegrationTests.Messaging;
using CryptoScreener.LocalServers;
using CryptoScreener.Messaging.Catalogues;
using CryptoScreener.Testing;

namespace CryptoScreener.IntegrationTests.Gateway;

/// <summary>Which catalogue is the current one, whatever order frames and catalogues come in.</summary>
public sealed class CurrentCatalogueTests
{
    private static readonly MetricCatalogue Former = new([new MetricDefinition("price", "price", [], "price", "The price.", 1)]);
    private static readonly MetricCatalogue Later = new([.. Former.Metrics, new MetricDefinition("volume(1h)", "volume", ["1h"], "quote", "The volume.", 60)]);

    [Fact]
    public async Task Is_that_of_the_newest_frame_whichever_was_fetched_last()
    {
        await using var nats = await LocalNats.StartAsync();
        await using var bus = await TestBus.StartAsync(nats);
        foreach (var catalogue in new[] { Former, Later })
        {
            var document = new CatalogueDocument(catalogue.Hash.ToString("x16", CultureInfo.InvariantCulture), catalogue.Metrics);
            await bus.Stored.PublishAsync(
                Subjects.MetricsCatalogue(catalogue.Hash), JsonSerializer.SerializeToUtf8Bytes(document, ContractsJson.Default.CatalogueDocument), null, CancellationToken.None);
        }

        var (frames, catalogues) = (new FrameBook(), bus.Get<CatalogueBook>());
        using var listener = new FrameListener(bus.Listener, bus.Reader, frames, catalogues);
        await PublishAsync("LISTED", Later, minute: 2);
        await PublishAsync("DROPPED", Former, minute: 1); // its last frame, kept for a day
        await listener.StartAsync(CancellationToken.None);
        await TakenAsync("DROPPED", 1);
        await TakenAsync("LISTED", 2);
        Assert.Same(catalogues.Find(Later.Hash), catalogues.Current);

        await PublishAsync("LISTED", Former, minute: 3); // rolled back
        await TakenAsync("LISTED", 3);
        Assert.Same(catalogues.Find(Former.Hash), catalogues.Current);
        await listener.StopAsync(CancellationToken.None);

        Task TakenAsync(string symbol, long minute) =>
            Eventually.TrueAsync(() => frames.Find(new InstrumentId("test", symbol))?.Header.Minute == minute, $"{symbol} at minute {minute}");

        async Task PublishAsync(string symbol, MetricCatalogue catalogue, long minute)
        {
            var bytes = new ArrayBufferWriter<byte>();
            FrameCodec.Write(bytes, new FrameHeader(true, catalogue.Hash, minute, 0, 0, minute, 1, 0), new double[catalogue.Count]);
            await bus.Stored.PublishAsync(Subjects.MetricsClosed(0, new InstrumentId("test", symbol)), bytes.WrittenMemory, null, CancellationToken.None);
            await bus.Stored.FlushAsync(CancellationToken.None);
        }
    }
}
