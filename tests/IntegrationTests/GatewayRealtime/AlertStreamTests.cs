using System.Diagnostics.Metrics;
using System.Net;
using System.Text.Json.Nodes;
using CryptoScreener.Testing;

namespace CryptoScreener.IntegrationTests.GatewayRealtime;

[Collection(GatewayGroup.Name)]
public sealed class AlertStreamTests(GatewayWorld world)
{
    [Fact]
    public async Task Alerts_come_as_events_whose_last_id_resumes()
    {
        string id;
        using (var stream = await EventReader.OpenAsync(world.Gateway, "STREAMED", null))
        {
            Assert.False((await stream.NextAsync()).ContainsKey("data")); // where we are, before the first alert
            await world.AlertsAsync(1, "STREAMED");
            var first = await stream.NextAsync();
            Assert.Equal("alert", first["event"]);
            Assert.Equal("STREAMED", (string?)JsonNode.Parse(first["data"])!["symbol"]);
            id = first["id"];
        }

        await world.AlertsAsync(2, "STREAMED");
        using var resumed = await EventReader.OpenAsync(world.Gateway, "STREAMED", id);
        Assert.Equal(id, (await resumed.NextAsync())["id"]);
        var (second, third) = (await resumed.NextAsync(), await resumed.NextAsync());
        Assert.True((int)JsonNode.Parse(second["data"])!["price"]! < (int)JsonNode.Parse(third["data"])!["price"]!);
        Assert.NotEqual(second["id"], third["id"]);
    }

    [Fact]
    public async Task When_there_is_nothing_new_it_says_so()
    {
        await using var gateway = await world.StartGatewayAsync("--Realtime:HeartbeatInterval=00:00:01");
        using var http = new HttpClient();
        using var answer = await http.GetAsync(new Uri(gateway.Address, "/api/v1/alerts/stream?symbol=NOBODY"), HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal((HttpStatusCode.OK, "text/event-stream"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync());
        while (await lines.ReadLineAsync() is { } line && line != ": nothing new")
        {
        }
    }

    [Fact]
    public async Task A_stream_is_a_request_in_progress_until_its_reader_leaves()
    {
        await using var gateway = await world.StartGatewayAsync();
        using var inProgress = new MeteredSum(gateway.Get<IMeterFactory>(), "api_gateway_http_requests_in_progress");
        using var http = new HttpClient();
        using (await http.GetAsync(new Uri(gateway.Address, "/api/v1/alerts/stream?symbol=NOBODY"), HttpCompletionOption.ResponseHeadersRead)) Assert.Equal(1, inProgress.Value);
        await Eventually.TrueAsync(() => inProgress.Value == 0, "the request is over");
    }
}
