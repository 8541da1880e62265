namespace CryptoScreener.ContractTests.Telemetry;

public sealed class NameTranslationTests
{
    [Theory]
    [InlineData("data_collector_candles_received", null, "data_collector_candles_received_total")]
    [InlineData("already_total", null, "already_total")]
    [InlineData("http.requests", "{request}", "http_requests_total")]
    [InlineData("sent", "By", "sent_bytes_total")]
    [InlineData("sent_bytes", "By", "sent_bytes_total")]
    [InlineData("sent_bytes_total", "By", "sent_bytes_total")]
    [InlineData("moved", "m/s", "moved_meters_per_second_total")]
    [InlineData("strange--name..here", null, "strange_name_here_total")]
    public async Task A_counter_gets_its_unit_and_total(string name, string? unit, string expected)
    {
        await using var app = await ScrapedApp.StartAsync();
        app.Meter.CreateCounter<long>(name, unit).Add(3);

        var text = await app.ScrapeAsync();
        var openMetrics = await app.ScrapeAsync(ScrapedApp.OpenMetrics);

        Assert.Equal(3, text[expected]);
        Assert.Equal("counter", text.Types[expected]);
        Assert.Equal(3, openMetrics[expected]);
        Assert.Equal("counter", openMetrics.Types[expected[..^"_total".Length]]);
    }

    [Theory]
    [InlineData("worker_heartbeat_timestamp", "s", "worker_heartbeat_timestamp_seconds")]
    [InlineData("staleness_seconds", "s", "staleness_seconds")]
    [InlineData("open", "{gap}", "open")]
    [InlineData("ratio", "1", "ratio")]
    [InlineData("load", "%", "load_percent")]
    [InlineData("pause", "ms", "pause_milliseconds")]
    [InlineData("dotted.name", "By", "dotted_name_bytes")]
    [InlineData("heat", "weird-unit", "heat_weird_unit")]
    public async Task A_gauge_gets_its_unit_only(string name, string? unit, string expected)
    {
        await using var app = await ScrapedApp.StartAsync();
        app.Meter.CreateObservableGauge(name, () => 1.5, unit);

        foreach (var format in new[] { ScrapedApp.Text, ScrapedApp.OpenMetrics })
        {
            var scrape = await app.ScrapeAsync(format);
            Assert.Equal(1.5, scrape[expected]);
            Assert.Equal("gauge", scrape.Types[expected]);
        }
    }

    [Fact]
    public async Task An_up_down_counter_is_a_gauge()
    {
        await using var app = await ScrapedApp.StartAsync();
        var connections = app.Meter.CreateUpDownCounter<long>("connections");
        connections.Add(5);
        connections.Add(-2);

        var scrape = await app.ScrapeAsync();

        Assert.Equal(3, scrape["connections"]);
        Assert.Equal("gauge", scrape.Types["connections"]);
    }

    [Fact]
    public async Task A_unit_is_described_in_open_metrics_only()
    {
        await using var app = await ScrapedApp.StartAsync();
        app.Meter.CreateCounter<long>("sent", "By").Add(1);

        Assert.Empty((await app.ScrapeAsync()).Units);
        Assert.Equal("bytes", (await app.ScrapeAsync(ScrapedApp.OpenMetrics)).Units["sent_bytes"]);
    }

    [Fact]
    public async Task Two_types_under_one_name_are_both_left_out()
    {
        await using var app = await ScrapedApp.StartAsync();
        app.Meter.CreateObservableGauge("clash.a", () => 1);
        app.Meter.CreateUpDownCounter<long>("fine").Add(1);
        app.Meter.CreateHistogram<double>("clash_a").Record(1);

        var scrape = await app.ScrapeAsync();

        Assert.Equal(["fine"], scrape.Types.Keys);
        Assert.Equal(["fine"], scrape.Samples.Select(sample => sample.Name));
    }
}
