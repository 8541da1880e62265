namespace CryptoScreener.ContractTests.Telemetry;

public sealed class ConcurrentScrapeTests
{
    [Fact]
    public async Task Scrapes_and_recording_go_on_together_and_nothing_is_lost()
    {
        const int Recorders = 4;
        const int Each = 50_000;
        await using var app = await ScrapedApp.StartAsync();
        var counter = app.Meter.CreateCounter<long>("work");
        var histogram = app.Meter.CreateHistogram<double>("duration", "s");
        counter.Add(0); // a scrape before the first measurement would be empty

        var recording = Task.WhenAll(Enumerable.Range(0, Recorders).Select(recorder => Task.Run(() =>
        {
            for (var i = 0; i < Each; i++)
            {
                counter.Add(1, new KeyValuePair<string, object?>("recorder", recorder));
                histogram.Record(i % 7);
            }
        })));
        var scrapers = Enumerable.Range(0, 3).Select(_ => ScrapeUntilAsync(app, recording)).ToList();

        await recording;
        await Task.WhenAll(scrapers);
        // The upstream exporter answers from a cache that is 300 ms old at most.
        var final = await app.ScrapeAsync();
        while (final.Named("work_total").Sum(sample => sample.Value) < Recorders * Each) final = await app.ScrapeAsync();
        Assert.Equal(Recorders * Each, final.Named("work_total").Sum(sample => sample.Value));
        Assert.Equal(Recorders * Each, final["duration_seconds_count"]);
    }

    private static async Task ScrapeUntilAsync(ScrapedApp app, Task end)
    {
        var before = 0.0;
        do
        {
            var scrape = await app.ScrapeAsync();
            var now = scrape.Named("work_total").Sum(sample => sample.Value);
            Assert.True(now >= before, $"a counter went from {before} to {now}");
            if (scrape.Types.ContainsKey("duration_seconds"))
                Assert.Equal(scrape["duration_seconds_count"], scrape.Named("duration_seconds_bucket").Last().Value);
            before = now;
        }
        while (!end.IsCompleted);
    }
}
