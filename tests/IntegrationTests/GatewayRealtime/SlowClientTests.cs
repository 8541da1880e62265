using CryptoScreener.Testing;

namespace CryptoScreener.IntegrationTests.GatewayRealtime;

[Collection(GatewayGroup.Name)]
public sealed class SlowClientTests(GatewayWorld world)
{
    [Fact]
    public async Task A_client_that_does_not_read_is_cut_and_others_go_on()
    {
        await using var gateway = await world.StartGatewayAsync("--Realtime:SendTimeout=00:00:01");
        await using var deaf = await RealtimeClient.ConnectAsync(gateway.Socket);
        await using var listener = await RealtimeClient.ConnectAsync(gateway.Socket);
        await deaf.SubscribeAsync("alerts", new { symbol = "LOUD" });
        var subscription = await listener.SubscribeAsync("alerts", new { symbol = "LOUD" });

        // Far more than the buffers of the two sides of a connection hold; the ring would hold all of it.
        var last = 0;
        var heard = 0;
        await Eventually.TrueAsync(async () =>
        {
            // It reads while they are sent: a listener that waits for the sender would be deaf for as long itself.
            var sending = world.AlertsAsync(500, "LOUD", description: new string('l', 2_000));
            for (var i = 0; i < 500; i++, heard++) await listener.NextAsync(subscription);
            last = await sending;
            return gateway.Get<ApiGateway.Realtime.Sockets.Admission>().Connected == 1;
        }, "the deaf client is cut");
        Assert.True(last >= heard && heard > 0);
        Assert.Equal("pong", (string?)(await listener.AskAsync(new { op = "ping" }))["type"]);
    }

    [Fact]
    public async Task For_a_client_that_does_not_read_hardly_anything_waits()
    {
        await using var gateway = await world.StartGatewayAsync("--Realtime:SendTimeout=00:10:00", "--Realtime:PongTimeout=00:10:00", "--Realtime:InboundPerSecond=100000");
        var (metrics, ring) = (gateway.Get<ApiGateway.GatewayMetrics>(), gateway.Get<ApiGateway.Alerts.AlertRing>());
        await using var deaf = await RealtimeClient.ConnectAsync(gateway.Socket);
        await deaf.SubscribeAsync("alerts", new { symbol = "DEAF" });
        await Eventually.TrueAsync(async () =>
        {
            await HearAsync(500);
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, CancellationToken.None);
            return metrics.WaitingBytes > 0;
        }, "its side takes no more");

        for (var i = 0; i < 500; i++) await deaf.SendAsync("""{"op":"ping","id":"1"}"""); // and it reads no answer
        await HearAsync(1_000);
        Assert.InRange(metrics.WaitingBytes, 0, 16 * 1024); // some answers and one alert, not thousands
        deaf.Socket.Abort();
        await Eventually.TrueAsync(() => metrics.WaitingBytes == 0 && gateway.Get<ApiGateway.Realtime.Sockets.Admission>().Connected == 0, "nothing waits for nobody");

        async Task HearAsync(int alerts)
        {
            var before = ring.Span.Last;
            await world.AlertsAsync(alerts, "DEAF", description: new string('d', 2_000)); // what the buffers of both sides hold is soon full
            await Eventually.TrueAsync(() => ring.Span.Last >= before + (ulong)alerts, "the gateway has the alerts");
        }
    }

    [Fact]
    public async Task A_client_that_reads_slowly_gets_fewer_and_newer_states()
    {
        await world.FrameAsync("SLOW", 1, 0);
        await Eventually.TrueAsync(() => world.Gateway.Get<ApiGateway.Live.FrameBook>().Find(GatewayWorld.Id("SLOW")) is not null, "the instrument is known");
        await using var gateway = await world.StartGatewayAsync("--Realtime:OutboundPerSecond=5");
        await Eventually.TrueAsync(() => gateway.Get<ApiGateway.Live.FrameBook>().Find(GatewayWorld.Id("SLOW")) is not null, "the instrument is known");
        await using var client = await RealtimeClient.ConnectAsync(gateway.Socket);
        var subscription = await client.SubscribeAsync("metrics", new { columns = (string[])["price"], symbols = (string[])["test:SLOW"] });
        await client.NextAsync(subscription);
        var clock = gateway.Get<ApiGateway.Realtime.Topics.TopicClock>();
        for (var price = 1; price <= 100; price++)
        {
            var before = clock.Sequence;
            await world.FrameAsync("SLOW", 1 + price, price);
            await Eventually.TrueAsync(() => clock.Sequence > before, "the update was told");
        }

        var messages = 0;
        for (var seen = 0; seen < 100; messages++)
        {
            var message = await client.NextAsync(subscription);
            seen = (int)message["rows"]![0]![4]!;
        }

        Assert.True(messages < 80, $"{messages} messages for 100 states");
    }
}
