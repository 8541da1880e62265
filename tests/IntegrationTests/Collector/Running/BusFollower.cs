using System.Text.Json;
using CryptoScreener.Contracts.Bus;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.Contracts.Instruments;
using CryptoScreener.Contracts.Json;
using CryptoScreener.Contracts.Marks;
using CryptoScreener.IntegrationTests.Messaging;
using CryptoScreener.LocalServers;
using CryptoScreener.Messaging.Reading;

namespace CryptoScreener.IntegrationTests.Collector.Running;

/// <summary>Reads a collector's streams from their beginning on, as another worker would.</summary>
internal sealed class BusFollower : IAsyncDisposable
{
    private readonly TestBus _bus;
    private readonly CancellationTokenSource _end = new();
    private readonly Lock _lock = new();
    private readonly List<(string Kind, byte[] Json)> _said = [];
    private readonly Dictionary<(string Symbol, long Minute), Candle> _closed = [];
    private readonly Dictionary<int, Mark> _marks = [];
    private readonly Task _reading;

    private BusFollower(TestBus bus)
    {
        _bus = bus;
        _reading = Task.WhenAll(
            bus.Reader.ReadAsync(Streams.Feed, ">", StreamPosition.Beginning, TakeFeedAsync, _end.Token),
            bus.Reader.ReadAsync(Streams.Candles, ">", StreamPosition.Beginning, TakeCandlesAsync, _end.Token));
    }

    internal static async Task<BusFollower> StartAsync(LocalNats nats) => new(await TestBus.StartAsync(nats));

    internal IReadOnlyList<T> Said<T>(string kind, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type)
        where T : class
    {
        lock (_lock) return [.. _said.Where(s => s.Kind == kind).Select(s => BusJson.Read(s.Json, type)!)];
    }

    /// <summary>What was said last of each minute of an instrument, by time.</summary>
    internal IReadOnlyList<Candle> ClosedOf(string symbol)
    {
        lock (_lock) return [.. _closed.Where(c => c.Key.Symbol == symbol).Select(c => c.Value).OrderBy(c => c.OpenTime)];
    }

    internal IReadOnlyList<string> Symbols
    {
        get
        {
            lock (_lock) return [.. _closed.Keys.Select(c => c.Symbol).Distinct()];
        }
    }

    internal Mark? LastMark(int partition)
    {
        lock (_lock) return _marks.GetValueOrDefault(partition);
    }

    /// <summary>Says what a collector says at the end of a minute that one instrument lacks.</summary>
    internal async Task MarkAsync(InstrumentId missing, long minute)
    {
        var partition = Partitioning.Of(missing, _bus.Bus.Partitions);
        var mark = new Mark(missing.Exchange, partition, minute, Instruments: 1, [missing.Symbol], PublishedAt: 0, Epoch: 1);
        var json = JsonSerializer.SerializeToUtf8Bytes(mark, ContractsJson.Default.Mark);
        await _bus.Stored.PublishAsync(Subjects.CandleMark(partition, missing.Exchange), json, $"test:{missing}:{minute}", CancellationToken.None);
        await _bus.Stored.FlushAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _reading);
        await _bus.DisposeAsync();
        _end.Dispose();
    }

    private ValueTask TakeFeedAsync(StoredBatch batch, CancellationToken stop)
    {
        lock (_lock) _said.AddRange(batch.Messages.Select(m => (m.Subject[(m.Subject.LastIndexOf('.') + 1)..], m.Data.ToArray())));
        return ValueTask.CompletedTask;
    }

    private ValueTask TakeCandlesAsync(StoredBatch batch, CancellationToken stop)
    {
        lock (_lock)
            foreach (var message in batch.Messages) Take(message);
        return ValueTask.CompletedTask;
    }

    private void Take(in StoredMessage message)
    {
        if (SubjectTokens.IsMark(message.Subject))
        {
            var mark = BusJson.Read(message.Data.Span, ContractsJson.Default.Mark)!;
            _marks[mark.Partition] = mark;
            return;
        }

        var instrument = new InstrumentId(SubjectTokens.Exchange(message.Subject).ToString(), SubjectTokens.Symbol(message.Subject).ToString());
        Assert.True(CandleCodec.TryRead(message.Data.Span, instrument, out var update));
        _closed[(instrument.Symbol, update.Candle.OpenTime)] = update.Candle;
    }
}
