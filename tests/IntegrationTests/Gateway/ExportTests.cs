using System.Text.Json;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.Contracts.Instruments;
using CryptoScreener.IntegrationTests.Storage;
using CryptoScreener.IntegrationTests.Storage.Records;
using CryptoScreener.Messaging.Catalogues;
using CryptoScreener.Storage.Instruments;
using CryptoScreener.Storage.Metrics;

namespace CryptoScreener.IntegrationTests.Gateway;

/// <summary>An export is the whole list, one value a line, however many pages it is read in.</summary>
[Collection(GatewayRest.Name)]
public sealed class ExportTests(GatewayFixture fixture)
{
    private readonly RunningGateway _gateway = fixture.Gateway;

    [Fact]
    public async Task All_alerts_that_match_are_there_whatever_the_limit()
    {
        await using var storage = new TestStorage(_gateway.Database);
        await AlertEvents.RecordAsync(storage, [.. Enumerable.Range(2_001, 501).Select(number => AlertEvents.Alert(number, ruleType: "exported"))]);

        var lines = await LinesAsync("/api/v1/alerts?rule_type=exported&limit=3");

        Assert.Equal(Enumerable.Range(2_001, 501).Reverse().Select(number => $"alert-{number}"), lines.Select(line => line.GetProperty("id").GetString()));
        Assert.Equal(JsonValueKind.Null, lines[0].GetProperty("acknowledged_by").ValueKind);
    }

    [Fact]
    public async Task All_minutes_of_metrics_are_there_over_more_days_than_a_page_may_have()
    {
        const int Rows = 1_005;
        const long Step = 3 * Timeframe.MinuteMs;
        var instrument = (await _gateway.Get<InstrumentStore>().ResolveAsync([new InstrumentId("binance-futures", "ETHUSDT")]))[0];
        var catalogue = _gateway.Get<CatalogueBook>().Current!.Hash;
        await using var storage = new TestStorage(_gateway.Database);
        await MetricRows.WriteAsync(
            storage, [.. Enumerable.Range(0, Rows).Select(i => new MetricRow(instrument, GatewayFixture.FirstMinute + (i * Step), catalogue, [i, 0, 0, i % 2 == 0 ? 7 : double.NaN]))]);
        var history = $"/api/v1/metrics/binance-futures/ETHUSDT/history?columns=price,volume(1h)&from={GatewayFixture.FirstMinute}&to={GatewayFixture.FirstMinute + (Rows * Step)}";

        var lines = await LinesAsync(history);

        Assert.Equal(Rows, lines.Count);
        Assert.Equal($"[{GatewayFixture.FirstMinute},0,7]", lines[0].GetRawText());
        Assert.Equal($"[{GatewayFixture.FirstMinute + ((Rows - 2) * Step)},1003,null]", lines[^2].GetRawText());
        using var page = await _gateway.SendAsync(HttpMethod.Get, history);
        Assert.Equal(400, (int)page.StatusCode); // as a page it would be too long
    }

    [Fact]
    public async Task All_deliveries_are_there_and_nobody_elses()
    {
        var key = await _gateway.KeyAsync("exporter", "trader");
        using var made = await _gateway.SendAsync(HttpMethod.Post, "/api/v1/endpoints", key, new { name = "mine", kind = "webhook", target = "https://exported.example/hook" });
        var endpoint = JsonSerializer.Deserialize<JsonElement>(await made.Content.ReadAsStringAsync()).GetProperty("id").GetString();
        for (var i = 0; i < 2; i++) (await _gateway.SendAsync(HttpMethod.Post, $"/api/v1/endpoints/{endpoint}/test", key)).Dispose();

        var lines = await LinesAsync("/api/v1/deliveries?limit=1", key);

        Assert.Equal(2, lines.Count);
        Assert.All(lines, line => Assert.Equal(endpoint, line.GetProperty("endpoint_id").GetString()));
    }

    private async Task<List<JsonElement>> LinesAsync(string address, string? key = null)
    {
        using var answer = await _gateway.SendAsync(HttpMethod.Get, address, key, headers: ("Accept", "application/x-ndjson"));
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        Assert.Equal("application/x-ndjson", answer.Content.Headers.ContentType?.MediaType);
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        return [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<JsonElement>(line))];
    }
}
