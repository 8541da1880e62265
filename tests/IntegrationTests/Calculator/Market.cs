using System.Buffers;
using System.Text.Json;
using CryptoScreener.Contracts.Bus;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.Contracts.Instruments;
using CryptoScreener.Contracts.Json;
using CryptoScreener.Contracts.Marks;
using CryptoScreener.IntegrationTests.Messaging;

namespace CryptoScreener.IntegrationTests.Calculator;

/// <summary>A collector's side of the bus: random minutes of some instruments of one exchange, with their marks.</summary>
internal sealed class Market
{
    internal const string Exchange = "test";
    private readonly TestBus _bus;
    private readonly Candle[][] _candles;

    internal Market(TestBus bus, Random random, int instruments, int minutes, long? start = null)
    {
        _bus = bus;
        Start = start ?? (DateTimeOffset.UnixEpoch.AddDays(20_000).ToUnixTimeMilliseconds() / Timeframe.OneDay.Milliseconds * Timeframe.OneDay.Milliseconds) + (23 * 60 * Timeframe.MinuteMs);
        Instruments = [new InstrumentId(Exchange, "BTCUSDT"), .. Enumerable.Range(1, instruments - 1).Select(i => new InstrumentId(Exchange, $"COIN{i}USDT"))];
        _candles = [.. Instruments.Select(_ => Walk(random, minutes))];
    }

    internal long Start { get; }

    internal IReadOnlyList<InstrumentId> Instruments { get; }

    internal ref readonly Candle Of(int instrument, int minute) => ref _candles[instrument][minute];

    /// <summary>The walk of an instrument, or the end of it, as bars of a longer timeframe that end at some time.</summary>
    internal Candle[] Bars(int instrument, Timeframe timeframe, long before, int most = int.MaxValue)
    {
        var walk = _candles[instrument].TakeLast(most).ToArray();
        return [.. walk.Select((candle, i) => candle with { OpenTime = before - ((walk.Length - i) * timeframe.Milliseconds) })];
    }

    internal async Task PublishAsync(int from, int through)
    {
        for (var minute = from; minute <= through; minute++)
        {
            for (var i = 0; i < Instruments.Count; i++) await CloseAsync(i, _candles[i][minute]);
            for (var partition = 0; partition < RunningCalculator.Partitions; partition++) await MarkAsync(partition, _candles[0][minute].OpenTime);
        }

        await _bus.Stored.FlushAsync(CancellationToken.None);
    }

    /// <summary>Closes a minute of an instrument as the collector of a partition would, rightly or not.</summary>
    /// <param name="messageId">Null has the stream keep it however often it was told.</param>
    internal async Task CloseAsync(int partition, int instrument, Candle candle, CandleSource source, string? messageId)
    {
        var id = Instruments[instrument];
        var bytes = new ArrayBufferWriter<byte>();
        await using (var json = new Utf8JsonWriter(bytes))
            CandleCodec.Write(json, new CandleUpdate(id, candle, true, source, candle.OpenTime + Timeframe.MinuteMs, candle.OpenTime + Timeframe.MinuteMs, 1));
        await _bus.Stored.PublishAsync(Subjects.CandleClosed(partition, id), bytes.WrittenMemory, messageId, CancellationToken.None);
    }

    internal Task CloseAsync(int instrument, int minute) => CloseAsync(instrument, _candles[instrument][minute]);

    private Task CloseAsync(int instrument, Candle candle)
    {
        var id = Instruments[instrument];
        return CloseAsync(Partitioning.Of(id, RunningCalculator.Partitions), instrument, candle, CandleSource.Exchange, $"{id}:{candle.OpenTime}");
    }

    private async Task MarkAsync(int partition, long minute)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(new Mark(Exchange, partition, minute, Instruments.Count, [], minute, 1), ContractsJson.Default.Mark);
        await _bus.Stored.PublishAsync(Subjects.CandleMark(partition, Exchange), json, $"mark:{partition}:{minute}", CancellationToken.None);
    }

    private Candle[] Walk(Random random, int minutes)
    {
        var candles = new Candle[minutes];
        var price = 10 + (random.NextDouble() * 1_000);
        for (var i = 0; i < minutes; i++)
        {
            var (open, close) = (price, price * (1 + ((random.NextDouble() - 0.5) * 0.01)));
            var (high, low) = (Math.Max(open, close) * 1.001, Math.Min(open, close) * 0.999);
            var volume = 1 + (random.NextDouble() * 1_000);
            candles[i] = new Candle(Start + (i * Timeframe.MinuteMs), open, high, low, close, volume, volume * close, random.Next(1, 500), volume / 3, volume / 3 * close);
            price = close;
        }

        return candles;
    }
}
