using System.Buffers;
using System.Globalization;
using System.Text.Json;
using CryptoScreener.Contracts.Bus;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.Contracts.Catalogue;
using CryptoScreener.Contracts.Frames;
using CryptoScreener.Contracts.Instruments;
using CryptoScreener.Contracts.Json;
using CryptoScreener.Contracts.Marks;
using CryptoScreener.IntegrationTests.Messaging;

namespace CryptoScreener.IntegrationTests.Engine;

/// <summary>A calculator's side of the bus: frames that hold a price and its extremes, with their marks, as fast as the test wants.</summary>
internal sealed class FrameFeed(TestBus bus, Random random, int partitions)
{
    internal const string Exchange = "test";

    private static readonly MetricCatalogue Catalogue = new(
        [Metric("price"), Metric("high", "1m"), Metric("low", "1m")]);

    private readonly ArrayBufferWriter<byte> _bytes = new();

    internal static IReadOnlyList<InstrumentId> Instruments { get; } = [.. Enumerable.Range(0, 12).Select(i => new InstrumentId(Exchange, $"COIN{i}USDT"))];

    /// <summary>The closes that are on the bus, by instrument and minute.</summary>
    internal Dictionary<(InstrumentId Id, long Minute), double> Closes { get; } = [];

    internal Task NameColumnsAsync()
    {
        var hash = Catalogue.Hash.ToString("x16", CultureInfo.InvariantCulture);
        var json = JsonSerializer.SerializeToUtf8Bytes(new CatalogueDocument(hash, Catalogue.Metrics), ContractsJson.Default.CatalogueDocument);
        return bus.Stored.PublishAsync(Subjects.MetricsCatalogue(Catalogue.Hash), json, null, CancellationToken.None).AsTask();
    }

    /// <summary>
    /// One minute of all instruments: live news, then the close, then that all is said. As in a calculator each is in the stream
    /// before the next is sent: what is sent again after an outage must not come behind what is newer.
    /// </summary>
    internal async Task MinuteAsync(long minute)
    {
        foreach (var id in Instruments)
        {
            var (live, close) = (Price(), Price());
            await LiveAsync(id, minute, Timeframe.MinuteMs / 2, live);
            await CloseAsync(id, minute, close, Math.Max(live, close), Math.Min(live, close));
        }

        await MarkAsync(minute);
    }

    /// <summary>The end of a minute in which no instrument was anywhere but here.</summary>
    internal async Task ClosedAsync(long minute, double price)
    {
        foreach (var id in Instruments) await CloseAsync(id, minute, price, price, price);
        await MarkAsync(minute);
    }

    internal async Task LiveAsync(InstrumentId id, long minute, long into, double price) => await bus.Core.PublishAsync(
        Subjects.MetricsLive(Partitioning.Of(id, partitions), id), Frame(minute, isClosed: false, minute + into, price, price, price), CancellationToken.None);

    private async Task CloseAsync(InstrumentId id, long minute, double close, double high, double low)
    {
        var frame = Frame(minute, isClosed: true, minute + Timeframe.MinuteMs, close, high, low);
        await bus.Stored.PublishAsync(Subjects.MetricsClosed(Partitioning.Of(id, partitions), id), frame, $"{id}:{minute}", CancellationToken.None);
        Closes[(id, minute)] = close;
    }

    private async Task MarkAsync(long minute)
    {
        await bus.Stored.FlushAsync(CancellationToken.None);
        for (var partition = 0; partition < partitions; partition++)
        {
            var mark = JsonSerializer.SerializeToUtf8Bytes(new Mark(Exchange, partition, minute, Instruments.Count, [], minute, 1), ContractsJson.Default.Mark);
            await bus.Stored.PublishAsync(Subjects.MetricsMark(partition, Exchange), mark, $"mark:{partition}:{minute}", CancellationToken.None);
        }

        await bus.Stored.FlushAsync(CancellationToken.None);
    }

    private double Price() => 80 + (random.NextDouble() * 40);

    private ReadOnlyMemory<byte> Frame(long minute, bool isClosed, long eventTime, double price, double high, double low)
    {
        _bytes.ResetWrittenCount();
        FrameCodec.Write(_bytes, new FrameHeader(isClosed, Catalogue.Hash, minute, eventTime, 0, eventTime, 1, 0), [price, high, low]);
        return _bytes.WrittenMemory;
    }

    private static MetricDefinition Metric(string function, params string[] arguments) =>
        new(MetricDefinition.NameOf(function, arguments), function, arguments, "price", $"The {function}.", 1);
}
