using CryptoScreener.ContractTests.Nats.Servers;
using CryptoScreener.Testing;
using NATS.Client.JetStream;
using NATS.Client.JetStream.Models;

namespace CryptoScreener.ContractTests.Nats;

/// <summary>
/// Messages that come just as a pull expires. nats-server 2.9.10 drops such a pull without a word: of these readers more than half
/// would have stopped for good.
/// </summary>
public sealed class PullExpiryTests
{
    private const int Readers = 100;
    private const int Messages = 500;

    // Nothing but the pull's own end can bring a reader back.
    private static readonly NatsJSConsumeOpts ShortPulls = new() { MaxMsgs = 1000, Expires = TimeSpan.FromSeconds(1), IdleHeartbeat = TimeSpan.Zero };

    [Theory, EveryNatsServer]
    public async Task No_reader_stops_when_messages_come_as_its_pull_expires(string version)
    {
        await using var rig = await NatsRig.OfAsync(version);
        await rig.CreateStreamAsync();
        using var stop = new CancellationTokenSource();
        var read = new int[Readers];
        var reading = Enumerable.Range(0, Readers).Select(reader => ReadAsync(rig, read, reader, stop.Token)).ToArray();

        for (var i = 1; i <= Messages; i++)
        {
            await rig.StoreAsync("x", i);
            await Task.Delay(TimeSpan.FromMilliseconds(8), TimeProvider.System);
        }

        await Eventually.TrueAsync(
            () => reading.Any(task => task.IsCompleted) || read.All(count => count == Messages), "every reader has read everything, or failed");
        await stop.CancelAsync();
        await Task.WhenAll(reading);
        Assert.All(read, count => Assert.Equal(Messages, count));
        await rig.JetStream.DeleteStreamAsync(rig.Stream);
    }

    private static async Task ReadAsync(NatsRig rig, int[] read, int reader, CancellationToken stop)
    {
        var config = new ConsumerConfig($"reader{reader}") { AckPolicy = ConsumerConfigAckPolicy.None };
        var consumer = await rig.JetStream.CreateOrUpdateConsumerAsync(rig.Stream, config, stop);
        await foreach (var message in consumer.ConsumeAsync<int>(opts: ShortPulls, cancellationToken: stop))
        {
            Assert.Equal(read[reader] + 1, message.Data);
            Volatile.Write(ref read[reader], message.Data);
        }
    }
}
