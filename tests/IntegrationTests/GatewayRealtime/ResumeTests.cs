using System.Globalization;
using System.Net.WebSockets;
using System.Text.Json.Nodes;
using CryptoScreener.Testing;
using Xunit.Abstractions;

namespace CryptoScreener.IntegrationTests.GatewayRealtime;

[Collection(GatewayGroup.Name)]
public sealed class ResumeTests(GatewayWorld world, ITestOutputHelper output)
{
    private const int Alerts = 600;
    private const double LastPrice = 4_711;
    private static readonly int Sockets = int.Parse(Environment.GetEnvironmentVariable("SCREENER_SOCKETS") ?? "100", CultureInfo.InvariantCulture);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60 + Sockets); // only to end what hangs

    [Fact]
    public async Task A_client_that_comes_back_is_given_what_it_missed()
    {
        await using var first = await RealtimeClient.ConnectAsync(world.Gateway.Socket);
        var place = await first.AskAsync(new { op = "subscribe", channel = "alerts" });
        await world.AlertsAsync(3, "MISSED");

        await using var second = await RealtimeClient.ConnectAsync(world.Gateway.Socket);
        var resumed = await SubscribeAsync(second, "MISSED", place);
        Assert.True((bool)resumed["recovered"]!);
        Assert.Equal((long)place["sequence"]!, (long)resumed["sequence"]!);
        long[] sequences = [(await NextAsync(second, resumed)).Sequence, (await NextAsync(second, resumed)).Sequence, (await NextAsync(second, resumed)).Sequence];
        Assert.Equal(sequences.Order().Distinct(), sequences);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("another server's")]
    public async Task Who_comes_from_another_stream_is_told_that_it_has_gaps(string epoch)
    {
        await using var client = await RealtimeClient.ConnectAsync(world.Gateway.Socket);
        await world.AlertsAsync(2, "FOREIGN");
        var answer = await SubscribeAsync(client, "FOREIGN", new JsonObject { ["epoch"] = epoch, ["sequence"] = 0L });
        Assert.False((bool)answer["recovered"]!);
        await world.AlertsAsync(1, "FOREIGN");
        Assert.True((await NextAsync(client, answer)).Sequence > (long)answer["sequence"]!); // from now on, and no part of what was before
    }

    [Fact]
    public async Task What_has_left_the_memory_comes_from_the_stream()
    {
        await using var client = await RealtimeClient.ConnectAsync(world.Gateway.Socket);
        var ring = world.Gateway.Get<ApiGateway.Alerts.AlertRing>();
        var now = await client.AskAsync(new { op = "subscribe", channel = "alerts", @params = new { symbol = "NOBODY" } });
        var before = (long)now["sequence"]!;
        await world.AlertsAsync(2, "OLD");
        await Eventually.TrueAsync(() => ring.CountAfter((ulong)before) >= 2, "the ring has them");
        ring.Restart(long.Parse((string)now["epoch"]!, CultureInfo.InvariantCulture), ring.Span.Last); // as if so many had come that these were pushed out

        var answer = await SubscribeAsync(client, "OLD", new JsonObject { ["epoch"] = (string?)now["epoch"], ["sequence"] = before });
        Assert.True((bool)answer["recovered"]!);
        var (one, two) = (await NextAsync(client, answer), await NextAsync(client, answer));
        await world.AlertsAsync(1, "OLD");
        var three = await NextAsync(client, answer);
        Assert.True(one.Sequence < two.Sequence && two.Sequence < three.Sequence);
    }

    /// <summary>Two gateways, one of them restarted, and clients that come and go: each ends with every alert once and in order, and the latest state.</summary>
    [Fact]
    public async Task Through_disconnects_and_a_restart_every_client_has_every_alert_once_and_in_order()
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        await using var steady = await world.StartGatewayAsync();
        var restarted = await world.StartGatewayAsync();
        var gateways = new[] { steady, restarted };
        await using var start = await RealtimeClient.ConnectAsync(steady.Socket);
        var place = await start.AskAsync(new { op = "subscribe", channel = "alerts" });

        using var stop = new CancellationTokenSource(Patience);
        var clients = Enumerable.Range(0, Sockets).Select(i => FollowAsync(new Random(seed + i), () => gateways[i % 2].Socket, () => gateways[(i + 1) % 2].Socket, place, stop.Token)).ToList();
        for (var sent = 0; sent < Alerts; sent += 100)
        {
            await world.AlertsAsync(100, "FOLLOWED");
            if (sent == Alerts / 2)
            {
                await gateways[1].DisposeAsync();
                gateways[1] = await world.StartGatewayAsync();
            }
        }

        await world.FrameAsync("FOLLOWED", 1, LastPrice);
        var received = await Task.WhenAll(clients);
        await gateways[1].DisposeAsync();
        Assert.All(received, ids => Assert.Equal(received[0], ids));
        Assert.Equal(Alerts, received[0].Distinct().Count());
        Assert.Equal(received[0].OrderBy(id => id), received[0]);
    }

    /// <summary>Follows until all alerts came, hanging up at random and resuming on one gateway or the other. Returns the alerts' numbers.</summary>
    private static async Task<List<int>> FollowAsync(Random random, Func<Uri> one, Func<Uri> other, JsonNode place, CancellationToken stop)
    {
        var received = new List<int>();
        var (epoch, sequence) = ((string?)place["epoch"], (long)place["sequence"]!);
        for (var attempt = 0; received.Count < Alerts; attempt++)
        {
            Assert.False(stop.IsCancellationRequested, $"only {received.Count} alerts");
            try
            {
                await using var client = await RealtimeClient.ConnectAsync(random.Next(2) == 0 ? one() : other());
                var answer = await SubscribeAsync(client, "FOLLOWED", new JsonObject { ["epoch"] = epoch, ["sequence"] = sequence });
                Assert.True((bool)answer["recovered"]!, "all that was missed, or nothing");
                for (var left = random.Next(5, 200); left > 0 && received.Count < Alerts; left--)
                {
                    (sequence, var alert) = await NextAsync(client, answer);
                    received.Add((int)alert["price"]!);
                }
            }
            catch (Exception e) when (e is WebSocketException or InvalidOperationException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, CancellationToken.None); // it was closed, or is away: come back
            }
        }

        await AssertLastStateAsync(random.Next(2) == 0 ? one() : other());
        return received;
    }

    private static async Task AssertLastStateAsync(Uri gateway)
    {
        await using var client = await RealtimeClient.ConnectAsync(gateway);
        var subscription = await client.SubscribeAsync("metrics", new { columns = (string[])["price"], symbols = (string[])["test:FOLLOWED"] });
        for (var price = 0.0; price != LastPrice;)
            if ((await client.NextAsync(subscription))["rows"] is JsonArray { Count: > 0 } rows) price = (double)rows[0]![4]!;
    }

    private static Task<JsonNode> SubscribeAsync(RealtimeClient client, string symbol, JsonNode place) => client.AskAsync(new
    {
        op = "subscribe",
        channel = "alerts",
        @params = new { symbol },
        resume = new { epoch = (string?)place["epoch"], sequence = (long)place["sequence"]! },
    });

    private static async Task<(long Sequence, JsonNode Alert)> NextAsync(RealtimeClient client, JsonNode answer)
    {
        if ((string?)answer["type"] != "ok") throw new InvalidOperationException(answer.ToJsonString());
        var update = await client.NextAsync((string)answer["subscription"]!);
        return ((long)update["sequence"]!, update["alert"]!);
    }
}
