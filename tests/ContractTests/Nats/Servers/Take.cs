using System.Threading.Channels;
using NATS.Client.JetStream;

namespace CryptoScreener.ContractTests.Nats.Servers;

/// <summary>Reads a certain number and gives up, loudly, when they do not come.</summary>
internal static class Take
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static async Task<List<T>> FromAsync<T>(ChannelReader<T> reader, int count)
    {
        var taken = new List<T>();
        using var deadline = new CancellationTokenSource(Patience);
        while (taken.Count < count)
            taken.Add(await reader.ReadAsync(deadline.Token));
        return taken;
    }

    public static async Task<List<INatsJSMsg<T>>> FromAsync<T>(INatsJSConsumer consumer, int count, NatsJSConsumeOpts? opts = null)
    {
        var taken = new List<INatsJSMsg<T>>();
        using var deadline = new CancellationTokenSource(Patience);
        await foreach (var message in consumer.ConsumeAsync<T>(opts: opts, cancellationToken: deadline.Token))
        {
            taken.Add(message);
            if (taken.Count == count)
                return taken;
        }

        Assert.Fail($"Only {taken.Count} of {count} messages came within {Patience.TotalSeconds} s");
        return taken;
    }
}
