using System.Net;

namespace CryptoScreener.ContractTests.Telemetry;

public sealed class NegotiationTests
{
    private const string Text0 = "text/plain; version=0.0.4; charset=utf-8";
    private const string Text1 = "text/plain; version=1.0.0; charset=utf-8; escaping=underscores";
    private const string OpenMetrics0 = "application/openmetrics-text; version=0.0.1; charset=utf-8";
    private const string OpenMetrics1 = "application/openmetrics-text; version=1.0.0; charset=utf-8; escaping=underscores";

    [Theory]
    [InlineData(null, Text0)]
    [InlineData("*/*", Text0)]
    [InlineData("text/html", Text0)]
    [InlineData("text/plain", Text0)]
    [InlineData("text/plain;version=1.0.0", Text1)]
    [InlineData("text/plain;version=9.0.0", Text0)]
    [InlineData("application/openmetrics-text", OpenMetrics1)]
    [InlineData("application/openmetrics-text;version=0.0.1", OpenMetrics0)]
    [InlineData("application/openmetrics-text;version=2.0.0,text/plain;q=0.1", Text0)]
    [InlineData("application/openmetrics-text;q=0.1,text/plain;q=0.2", Text0)]
    [InlineData("application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1", OpenMetrics1)]
    [InlineData("application/openmetrics-text;version=1.0.0;escaping=underscores;q=0.5,text/plain;version=0.0.4;q=0.3", OpenMetrics1)]
    public async Task The_scraper_gets_the_format_it_likes_best(string? accept, string expected)
    {
        await using var app = await ScrapedApp.StartAsync();
        app.Meter.CreateCounter<long>("seen").Add(1);

        using var answer = await app.AskAsync(accept);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(expected, answer.Content.Headers.GetValues("Content-Type").Single());
        Assert.Equal(expected.StartsWith("application", StringComparison.Ordinal), Exposition.Parse(await answer.Content.ReadAsStringAsync()).HasEnd);
    }
}
