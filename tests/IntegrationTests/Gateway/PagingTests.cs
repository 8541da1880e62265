using System.Globalization;
using System.Net;
using System.Text.Json;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.IntegrationTests.Storage;
using CryptoScreener.IntegrationTests.Storage.Records;
using CryptoScreener.Storage.Alerts;

namespace CryptoScreener.IntegrationTests.Gateway;

/// <summary>All pages together are the whole list, each item once, also while the list grows.</summary>
[Collection(GatewayRest.Name)]
public sealed class PagingTests(GatewayFixture fixture)
{
    private const string Candles = "/api/v1/candles/binance-futures/BTCUSDT";
    private readonly RunningGateway _gateway = fixture.Gateway;

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(40)]
    [InlineData(500)]
    public async Task Pages_of_candles_joined_are_all_candles(int limit)
    {
        var (times, cursor) = (new List<long>(), "");
        do
        {
            var page = await _gateway.GetAsync($"{Candles}?limit={limit}{cursor}");
            times.InsertRange(0, page.GetProperty("items").EnumerateArray().Select(row => row[0].GetInt64()));
            cursor = page.GetProperty("next").GetString() is { } next ? $"&cursor={next}" : "";
        }
        while (cursor.Length > 0);
        Assert.Equal(Enumerable.Range(0, GatewayFixture.Minutes).Select(i => GatewayFixture.FirstMinute + (i * Timeframe.MinuteMs)), times);
    }

    [Fact]
    public async Task A_row_of_candles_holds_the_numbers_of_the_contract()
    {
        var page = await _gateway.GetAsync($"{Candles}?from={GatewayFixture.FirstMinute}&to={GatewayFixture.FirstMinute}");
        Assert.Equal($"[[{GatewayFixture.FirstMinute},100,101,99.25,100.5,10,1000,7,4]]", page.GetProperty("items").GetRawText());
        Assert.Equal((JsonValueKind.Null, false), (page.GetProperty("next").ValueKind, page.GetProperty("forming").GetBoolean()));
    }

    [Fact]
    public async Task An_export_holds_all_candles_one_a_line()
    {
        var answer = await _gateway.SendAsync(HttpMethod.Get, Candles, headers: ("Accept", "application/x-ndjson"));
        var lines = (await answer.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(GatewayFixture.Minutes, lines.Length);
        Assert.Equal(GatewayFixture.FirstMinute, JsonSerializer.Deserialize<JsonElement>(lines[0])[0].GetInt64());
    }

    [Fact]
    public async Task Pages_of_alerts_joined_are_all_alerts_although_new_ones_come()
    {
        await using var storage = new TestStorage(_gateway.Database);
        await AlertEvents.RecordAsync(storage, [.. Enumerable.Range(1, 25).Select(number => Paged(number))]);
        var (ids, address, more) = (new List<string>(), "/api/v1/alerts?rule_type=paged&limit=4", 0);
        while (address is not null)
        {
            var answer = await _gateway.SendAsync(HttpMethod.Get, address);
            var page = JsonSerializer.Deserialize<JsonElement>(await answer.Content.ReadAsStringAsync());
            ids.AddRange(page.EnumerateArray().Select(alert => alert.GetProperty("id").GetString()!));
            address = answer.Headers.TryGetValues("Link", out var links) ? links.Single().Split('<', '>')[1] : null;
            if (++more < 4) await AlertEvents.RecordAsync(storage, [Paged(100 + more)]); // newer than all: belongs on no page any more
        }

        Assert.Equal(Enumerable.Range(1, 25).Reverse().Select(number => string.Create(CultureInfo.InvariantCulture, $"alert-{number:000}")), ids);
    }

    [Fact]
    public async Task Pages_of_the_screener_joined_are_all_instruments()
    {
        var whole = await _gateway.GetAsync("/api/v1/screener?sort=-price&columns=price");
        var first = await _gateway.GetAsync("/api/v1/screener?sort=-price&columns=price&limit=1");
        var second = await _gateway.GetAsync($"/api/v1/screener?sort=-price&columns=price&limit=1&cursor={first.GetProperty("next").GetString()}");
        Assert.Equal(["BTCUSDT", "ETHUSDT"], whole.GetProperty("rows").EnumerateArray().Select(row => row.GetProperty("symbol").GetString()));
        Assert.Equal(whole.GetProperty("rows")[0].GetRawText(), first.GetProperty("rows")[0].GetRawText());
        Assert.Equal(whole.GetProperty("rows")[1].GetRawText(), second.GetProperty("rows")[0].GetRawText());
        Assert.Equal(JsonValueKind.Null, second.GetProperty("next").ValueKind);
    }

    [Fact]
    public async Task Rows_are_sorted_by_a_metric_and_by_nothing_that_is_computed()
    {
        var answer = await _gateway.SendAsync(HttpMethod.Get, "/api/v1/screener?sort=price%20%2B%201");
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("a metric alone belongs", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static StoredAlert Paged(int number) => AlertEvents.Alert(number, ruleType: "paged");
}
