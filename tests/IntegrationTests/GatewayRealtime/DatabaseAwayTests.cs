using System.Net;
using System.Text.Json.Nodes;
using CryptoScreener.ApiGateway.Alerts;
using CryptoScreener.ApiGateway.Endpoints;
using CryptoScreener.Testing;

namespace CryptoScreener.IntegrationTests.GatewayRealtime;

[Collection(GatewayGroup.Name)]
public sealed class DatabaseAwayTests(GatewayWorld world)
{
    [Fact]
    public async Task Alerts_are_listed_from_memory_and_never_a_part_of_what_was_asked_for()
    {
        await using var gateway = await world.StartGatewayAsync("--Storage:ConnectionString=Host=127.0.0.1;Port=1");
        var ring = gateway.Get<AlertRing>();
        await world.AlertsAsync(2, "AWAY");
        await Eventually.TrueAsync(() => ring.Find(alert => alert.Symbol == "AWAY").Found.Count == 2, "they are in memory");
        using var http = new HttpClient { BaseAddress = gateway.Address };

        using var newest = await http.GetAsync(new Uri("/api/v1/alerts?symbol=AWAY", UriKind.Relative));
        Assert.Equal("memory", newest.Headers.GetValues(RememberedAlerts.Header).Single());
        Assert.Equal(2, JsonNode.Parse(await newest.Content.ReadAsStringAsync())!.AsArray().Count);

        using var all = await http.GetAsync(new Uri("/api/v1/alerts?symbol=AWAY&since=1970-01-01", UriKind.Relative));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, all.StatusCode); // of a time before the stream was made
        Assert.NotNull(all.Headers.RetryAfter);
    }
}
