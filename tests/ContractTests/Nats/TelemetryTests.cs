using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using CryptoScreener.ContractTests.Nats.Servers;
using CryptoScreener.Testing;
using NATS.Client.Core;

namespace CryptoScreener.ContractTests.Nats;

[Collection(Alone.Name)]
public sealed class TelemetryTests
{
    [Fact]
    public async Task The_meters_of_the_package_count_what_goes_over_the_wire()
    {
        var counts = new ConcurrentDictionary<string, long>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Name == NatsTelemetry.SourceName)
                self.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => counts.AddOrUpdate(instrument.Name, value, (_, sum) => sum + value));
        listener.SetMeasurementEventCallback<double>((instrument, _, _, _) => counts.AddOrUpdate(instrument.Name, 1, (_, sum) => sum + 1));
        listener.Start();

        await using var server = await NatsServer.StartAsync();
        await using var rig = await NatsRig.ToAsync(NatsRig.Opts(server.Url));
        await using (var subscription = await rig.Connection.SubscribeCoreAsync<int>("a", opts: new NatsSubOpts { ChannelOpts = new NatsSubChannelOpts { Capacity = 1 } }))
        {
            for (var i = 0; i < 10; i++)
                await rig.Connection.PublishAsync("a", i);
            await Assert.ThrowsAsync<NatsNoRespondersException>(async () => await rig.Connection.RequestAsync<int, int>("none", 1));
            Assert.True(counts["nats.client.active_subscriptions"] >= 1);
            await server.StartAgainAsync();
            await Eventually.TrueAsync(() => counts.GetValueOrDefault("nats.client.reconnects") == 1, "the reconnect is counted");
        }

        Assert.True(counts["messaging.client.published.messages"] >= 10);
        Assert.True(counts["messaging.client.consumed.messages"] >= 10);
        Assert.True(counts["nats.client.sent.bytes"] > 0 && counts["nats.client.received.bytes"] > 0);
        Assert.Equal(9, counts["nats.client.messages.dropped"]);
        Assert.True(counts["messaging.client.operation.duration"] > 0);
    }

    [Fact]
    public async Task A_trace_goes_from_the_publisher_to_the_subscriber()
    {
        var spans = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == NatsTelemetry.SourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStarted = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        await using var rig = await NatsRig.OfAsync(NatsPrograms.ByVersion.Keys.First());
        await using var subscription = await rig.Connection.SubscribeCoreAsync<int>(rig.Subject("traced.BTCUSDT"));
        var own = new NatsHeaders { ["Own"] = "1" };

        using var work = new Activity("work").Start();
        await rig.Connection.PublishAsync(rig.Subject("traced.BTCUSDT"), 1, own);
        work.Stop();
        var message = (await Take.FromAsync(subscription.Msgs, 1))[0];

        Assert.Contains(work.TraceId.ToHexString(), message.Headers!["traceparent"].ToString(), StringComparison.Ordinal);
        Assert.Equal("1", message.Headers["Own"]);
        var sent = Assert.Single(spans, span => span.OperationName == $"{rig.Subject("traced")} publish");
        var received = Assert.Single(spans, span => span.OperationName == $"{rig.Subject("traced")} receive");
        Assert.Equal((work.TraceId, sent.SpanId), (received.TraceId, received.ParentSpanId));
    }
}
