using System.Text.Json;
using System.Threading.Channels;
using CryptoScreener.Contracts.Bus;
using CryptoScreener.Contracts.Json;
using CryptoScreener.Contracts.Marks;
using CryptoScreener.Messaging.Publishing;

namespace CryptoScreener.DataCollector.Candles;

/// <summary>
/// Publishes marks in order, each only when every closed candle handed over before it is in the stream: a mark never lies.
/// What waited here while its partition became another's is dropped: its minutes are the successor's to mark.
/// </summary>
internal sealed class MarkPublisher(StoredPublisher stored, TimeProvider time) : BackgroundService
{
    // One mark per partition and minute: an hour of an absent bus at 64 partitions fits. When full the newest is refused;
    // a later mark of the partition says the same and more.
    private readonly Channel<(ExchangeLane Lane, Mark Mark)> _marks = Channel.CreateBounded<(ExchangeLane, Mark)>(
        new BoundedChannelOptions(4096) { FullMode = BoundedChannelFullMode.Wait, SingleReader = true });

    public void Enqueue(ExchangeLane lane, Mark mark) => _marks.Writer.TryWrite((lane, mark));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var (lane, mark) in _marks.Reader.ReadAllAsync(stoppingToken))
        {
            await stored.FlushAsync(stoppingToken);
            if (lane.IsMuted(mark.Partition, mark.Epoch)) continue;
            var sent = mark with { PublishedAt = time.GetUtcNow().ToUnixTimeMilliseconds() };
            var json = JsonSerializer.SerializeToUtf8Bytes(sent, ContractsJson.Default.Mark);
            var id = $"mark:{mark.Exchange}:{mark.Partition}:{mark.Minute}:{mark.Epoch}";
            await stored.PublishAsync(Subjects.CandleMark(mark.Partition, mark.Exchange), json, id, stoppingToken);
        }
    }
}
