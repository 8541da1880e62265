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
            last = await world.AlertsAsync(500, "LOUD");
            for (var i = 0; i < 500; i++, heard++) await listener.NextAsync(subscription);
            return gateway.Get<ApiGateway.Realtime.Sockets.Admission>().Connected == 1;
        }, "the deaf client is cut");
        Assert.True(last >= heard && heard > 0);
        Assert.Equal("pong", (string?)(await listener.AskAsync(new { op = "ping" }))["type"]);
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
