using System.Text.Json;
using CryptoScreener.ContractTests.Nats.Servers;
using CryptoScreener.Testing;
using NATS.Client.JetStream;
using NATS.Client.JetStream.Models;

namespace CryptoScreener.ContractTests.Nats.StandIn;

/// <summary>The throw-away consumers of ordered readers: none is left behind, and none begins too late.</summary>
public sealed class OrderedLeftoversTests
{
    [Theory, EveryNatsServer]
    public async Task Taking_one_message_leaves_no_consumer_behind(string version)
    {
        await using var rig = await NatsRig.OfAsync(version);
        await rig.CreateStreamAsync();
        await rig.StoreAsync("x", 1, 2);
        var consumer = await rig.JetStream.CreateOrderedConsumerAsync(rig.Stream);

        Assert.Equal(1, (await consumer.NextAsync<int>())!.Data);
        Assert.Equal(2, (await consumer.NextAsync<int>())!.Data);

        await Eventually.TrueAsync(async () => await ConsumersAsync(rig) == 0, "the server has no consumer left");
    }

    [Theory, EveryNatsServer]
    public async Task A_cancelled_wait_for_a_message_says_so_and_leaves_no_consumer_behind(string version)
    {
        await using var rig = await NatsRig.OfAsync(version);
        await rig.CreateStreamAsync();
        var consumer = await rig.JetStream.CreateOrderedConsumerAsync(rig.Stream);
        using var stop = new CancellationTokenSource();
        var waiting = consumer.NextAsync<int>(cancellationToken: stop.Token).AsTask();
        await Eventually.TrueAsync(async () => await ConsumersAsync(rig) == 1, "the consumer is there");

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        await Eventually.TrueAsync(async () => await ConsumersAsync(rig) == 0, "the server has no consumer left");
    }

    [Theory, EveryNatsServer]
    public async Task What_is_new_on_an_empty_stream_is_not_missed_over_a_reconnect(string version)
    {
        var port = (await SharedNats.OfAsync(version)).Port;
        await using var proxy = new FaultyProxy(port);
        await using var rig = await NatsRig.ToAsync(NatsRig.Opts(proxy.Url));
        await using var other = await NatsRig.OfAsync(version);
        await rig.CreateStreamAsync();
        var opts = new NatsJSOrderedConsumerOpts { DeliverPolicy = ConsumerConfigDeliverPolicy.New };
        var consumer = await rig.JetStream.CreateOrderedConsumerAsync(rig.Stream, opts);
        var reading = Take.FromAsync<int>(consumer, 2);
        await Eventually.TrueAsync(() => consumer.Info.Name.Length > 0, "the first consumer is made");

        proxy.SwallowAnswers();
        (await other.JetStream.PublishAsync(rig.Subject("x"), 1)).EnsureSuccess();
        proxy.Cut();
        (await other.JetStream.PublishAsync(rig.Subject("x"), 2)).EnsureSuccess();

        Assert.Equal([1, 2], (await reading).Select(message => message.Data));
    }

    private static async Task<int> ConsumersAsync(NatsRig rig)
    {
        var names = await rig.Connection.RequestAsync<string, string>($"$JS.API.CONSUMER.NAMES.{rig.Stream}", null);
        return JsonDocument.Parse(names.Data!).RootElement.GetProperty("total").GetInt32();
    }
}
