using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text;
using Xunit.Abstractions;

namespace CryptoScreener.ContractTests.Telemetry;

public sealed class ExpositionTests(ITestOutputHelper output)
{
    [Fact]
    public async Task A_histogram_has_cumulative_buckets_that_end_in_infinity_a_sum_and_a_count()
    {
        await using var app = await ScrapedApp.StartAsync();
        var histogram = app.Meter.CreateHistogram(
            "evaluation_duration", "s", "How long.", tags: null, new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.001, 0.01, 1, 10] });
        foreach (var value in new[] { 0.0005, 0.002, 0.002, 5, 50 }) histogram.Record(value, new KeyValuePair<string, object?>("stage", "rules"));

        var scrape = await app.ScrapeAsync();

        Assert.Equal("histogram", scrape.Types["evaluation_duration_seconds"]);
        Assert.Equal("How long.", scrape.Helps["evaluation_duration_seconds"]);
        Assert.Equal(
            [("0.001", 1.0), ("0.01", 3), ("1", 3), ("10", 4), ("+Inf", 5)],
            scrape.Named("evaluation_duration_seconds_bucket").Select(bucket => (bucket.Labels["le"], bucket.Value)));
        Assert.All(scrape.Samples, sample => Assert.Equal("rules", sample.Labels["stage"]));
        Assert.Equal(55.0045, scrape["evaluation_duration_seconds_sum"], 1e-9);
        Assert.Equal(5, scrape["evaluation_duration_seconds_count"]);
    }

    [Fact]
    public async Task Open_metrics_writes_bounds_canonically_and_says_since_when_it_counts()
    {
        await using var app = await ScrapedApp.StartAsync();
        var advice = new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.00001, 0.0001, 0.25, 1, 100000, 1000000, 1.5e7] };
        app.Meter.CreateHistogram("size", unit: null, description: null, tags: null, advice).Record(2);

        var scrape = await app.ScrapeAsync(ScrapedApp.OpenMetrics);

        Assert.Equal(
            ["1e-05", "0.0001", "0.25", "1.0", "100000.0", "1e+06", "1.5e+07", "+Inf"],
            scrape.Named("size_bucket").Select(bucket => bucket.Labels["le"]));
        Assert.True(DateTimeOffset.FromUnixTimeSeconds((long)scrape["size_created"] + 1) >= Process.GetCurrentProcess().StartTime);
        Assert.True(scrape.HasEnd);
    }

    [Fact]
    public async Task Any_bucket_bound_reads_back_as_the_same_number()
    {
        var random = new Random(Seed());
        double[] bounds = [.. Enumerable.Range(0, 200).Select(_ => Math.Pow(10, random.Next(-12, 13)) * random.NextDouble()).Where(bound => bound > 0).Distinct().Order()];
        await using var app = await ScrapedApp.StartAsync();
        app.Meter.CreateHistogram("size", null, null, null, new InstrumentAdvice<double> { HistogramBucketBoundaries = bounds }).Record(1);

        foreach (var format in new[] { ScrapedApp.Text, ScrapedApp.OpenMetrics })
        {
            var scrape = await app.ScrapeAsync(format);
            Assert.Equal([.. bounds, double.PositiveInfinity], scrape.Named("size_bucket").Select(bucket => Sample.Number(bucket.Labels["le"])));
        }
    }

    [Fact]
    public async Task Any_label_value_reads_back_as_it_was()
    {
        var random = new Random(Seed());
        var values = Enumerable.Range(0, 200).Select(_ => AnyText(random))
            .Concat(["", "quote\"", "back\\slash", "line\nfeed", "ünïcödé 漢字 🚀", "a,b=\"c\"}"]).ToHashSet();
        await using var app = await ScrapedApp.StartAsync();
        var counter = app.Meter.CreateCounter<long>("seen");
        foreach (var value in values) counter.Add(1, new KeyValuePair<string, object?>("value", value));

        var scrape = await app.ScrapeAsync();

        Assert.Equal(values.Order(StringComparer.Ordinal), scrape.Named("seen_total").Select(sample => sample.Labels["value"]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Help_is_escaped()
    {
        await using var app = await ScrapedApp.StartAsync();
        app.Meter.CreateCounter<long>("seen", description: "a \"word\"\nand a \\").Add(1);

        Assert.Equal("a \"word\"\\nand a \\\\", (await app.ScrapeAsync()).Helps["seen_total"]);
        Assert.Equal("a \\\"word\\\"\\nand a \\\\", (await app.ScrapeAsync(ScrapedApp.OpenMetrics)).Helps["seen"]);
    }

    [Fact]
    public async Task Label_keys_are_made_valid_and_namesakes_share_one_label()
    {
        await using var app = await ScrapedApp.StartAsync();
        app.Meter.CreateCounter<long>("seen").Add(1, new("http.route", "b"), new("http_route", "a"), new("9lives", true));

        var labels = Assert.Single((await app.ScrapeAsync()).Samples).Labels;

        Assert.Equal(new Dictionary<string, string> { ["http_route"] = "b;a", ["_9lives"] = "true" }, labels);
    }

    [Fact]
    public async Task A_measurement_inside_a_sampled_trace_leaves_an_exemplar_in_open_metrics()
    {
        await using var app = await ScrapedApp.StartAsync();
        var histogram = app.Meter.CreateHistogram(
            "latency", "s", null, null, new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.1, 1] });
        using var activity = new Activity("test").SetIdFormat(ActivityIdFormat.W3C);
        activity.ActivityTraceFlags = ActivityTraceFlags.Recorded;
        activity.Start();
        histogram.Record(0.5);

        var openMetrics = await app.ScrapeAsync(ScrapedApp.OpenMetrics);
        var text = await app.ScrapeAsync();

        var exemplar = Assert.Single(openMetrics.Samples, sample => sample.Exemplar is not null);
        Assert.Equal("1.0", exemplar.Labels["le"]);
        Assert.StartsWith($$"""{trace_id="{{activity.TraceId}}",span_id="{{activity.SpanId}}"} 0.5 """, exemplar.Exemplar, StringComparison.Ordinal);
        Assert.All(text.Samples, sample => Assert.Null(sample.Exemplar));
    }

    [Fact]
    public async Task Special_values_are_spelt_as_prometheus_does()
    {
        await using var app = await ScrapedApp.StartAsync();
        app.Meter.CreateObservableGauge("special", () => new[]
        {
            new Measurement<double>(double.NaN, new KeyValuePair<string, object?>("v", "nan")),
            new Measurement<double>(double.PositiveInfinity, new KeyValuePair<string, object?>("v", "up")),
            new Measurement<double>(double.NegativeInfinity, new KeyValuePair<string, object?>("v", "down")),
            new Measurement<double>(0.1 + 0.2, new KeyValuePair<string, object?>("v", "exact")),
        });

        var values = (await app.ScrapeAsync()).Samples.ToDictionary(sample => sample.Labels["v"], sample => sample.Value);

        Assert.Equal(double.NaN, values["nan"]);
        Assert.Equal(double.PositiveInfinity, values["up"]);
        Assert.Equal(double.NegativeInfinity, values["down"]);
        Assert.Equal(0.1 + 0.2, values["exact"]);
    }

    [Fact]
    public async Task Scope_and_target_appear_when_asked_for()
    {
        await using var app = await ScrapedApp.StartAsync(options => (options.ScopeInfoEnabled, options.TargetInfoEnabled) = (true, true));
        app.Meter.CreateCounter<long>("seen").Add(1);

        var scrape = await app.ScrapeAsync();

        Assert.Equal(app.Meter.Name, Assert.Single(scrape.Named("seen_total")).Labels["otel_scope_name"]);
        Assert.Equal("1.2.3", Assert.Single(scrape.Named("seen_total")).Labels["otel_scope_version"]);
        Assert.Equal("opentelemetry", Assert.Single(scrape.Named("target_info")).Labels["telemetry_sdk_name"]);
    }

    // Half of it from the characters that the format gives a meaning to.
    private static string AnyText(Random random) => string.Concat(Enumerable.Range(0, random.Next(1, 20)).Select(_ =>
        random.Next(2) == 0 ? "\\\"\n{},= #"[random.Next(9)].ToString() : new Rune(random.Next(1, 0xD800)).ToString()));

    private int Seed()
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        return seed;
    }
}
