using System.Globalization;
using System.Text.Json;
using CryptoScreener.ApiGateway.Alerts;
using CryptoScreener.Messaging.Connection;
using CryptoScreener.Testing;

namespace CryptoScreener.IntegrationTests.GatewayRealtime;

/// <summary>Who follows what is rare keeps a place that can be resumed from, however long ago its last alert was.</summary>
[Collection(GatewayGroup.Name)]
public sealed class QuietFollowerTests(GatewayWorld world)
{
    [Fact]
    public async Task A_follower_of_what_is_rare_misses_nothing_though_all_that_is_before_its_place_was_forgotten()
    {
        await using var gateway = await world.StartGatewayAsync("--Realtime:HeartbeatInterval=00:00:01");
        var ring = gateway.Get<AlertRing>();
        string id;
        using (var stream = await EventReader.OpenAsync(gateway, "RARE", null))
        {
            var begun = SequenceOf((await stream.NextAsync())["id"]);
            await world.AlertsAsync(3, "OFTEN");
            do id = (await stream.NextAsync())["id"];
            while (SequenceOf(id) < begun + 3);
        }

        await PurgeAsync(gateway, SequenceOf(id));
        ring.Restart(ring.Span.Epoch, ring.Span.Last); // as if so many had come that these were pushed out
        await world.AlertsAsync(1, "RARE");

        using var resumed = await EventReader.OpenAsync(gateway, "RARE", id);
        Assert.DoesNotContain("event", await resumed.NextAsync()); // no reset
        Assert.Equal("alert", (await resumed.NextAsync())["event"]);
    }

    [Fact]
    public async Task Who_comes_back_to_a_gap_is_told_by_an_event()
    {
        using var stream = await EventReader.OpenAsync(world.Gateway, "RARE", "1-1");
        Assert.Equal("reset", (await stream.NextAsync())["event"]);
    }

    [Fact]
    public async Task A_socket_is_told_its_place_by_others_alerts_and_resumes_from_it()
    {
        await using var gateway = await world.StartGatewayAsync("--Realtime:HeartbeatInterval=00:00:01");
        await using var client = await RealtimeClient.ConnectAsync(gateway.Socket);
        var begun = await client.AskAsync(new { op = "subscribe", channel = "alerts", @params = new { symbol = "RARE" } });
        var next = client.NextAsync((string)begun["subscription"]!);
        await Eventually.TrueAsync(async () =>
        {
            await world.AlertsAsync(1, "OFTEN");
            return next.IsCompleted;
        }, "it is told where it is");

        var place = await next;
        Assert.Equal("place", (string?)place["type"]);
        Assert.True((long)place["sequence"]! > (long)begun["sequence"]!);
        await using var again = await RealtimeClient.ConnectAsync(gateway.Socket);
        var resumed = await again.AskAsync(new
        {
            op = "subscribe",
            channel = "alerts",
            @params = new { symbol = "RARE" },
            resume = new { epoch = (string?)place["epoch"], sequence = (long)place["sequence"]! },
        });
        Assert.True((bool)resumed["recovered"]!);
    }

    private static long SequenceOf(string id) => long.Parse(id.AsSpan(id.IndexOf('-') + 1), NumberStyles.None, CultureInfo.InvariantCulture);

    /// <summary>As a week does.</summary>
    private static async Task PurgeAsync(RunningGateway gateway, long through) => await gateway.Get<Bus>().Connection.RequestAsync<byte[], byte[]>(
        "$JS.API.STREAM.PURGE.ALERTS", JsonSerializer.SerializeToUtf8Bytes(new { seq = through + 1 }));
}
